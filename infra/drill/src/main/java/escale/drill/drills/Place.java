package escale.drill.drills;

import java.util.List;
import java.util.Locale;

/** The failpoints of the services, and what leads a service to one of them. */
enum Place {
    AFTER_ACCEPT_COMMIT(Way.BOOKINGS, "booking"),
    BEFORE_SETTLE_COMMIT(Way.BOOKINGS, "booking"),
    RELAY_BETWEEN_ACK_AND_COMMIT(Way.BOOKINGS, "booking", "payment"),
    AFTER_CLAIM(Way.BOOKINGS, "payment"),
    AFTER_CHARGE(Way.BOOKINGS, "payment"),
    AFTER_RESULT(Way.BOOKINGS, "payment"),
    DEAD_LETTER_BEFORE_PUBLISH(Way.POISON, "payment"),
    AFTER_REFUND(Way.CANCELLATION, "payment"),
    AFTER_WEBHOOK_COMMIT(Way.LOST_ANSWER, "payment"),
    REDRIVE_AFTER_STEP(Way.REDRIVE, "payment"),
    AFTER_MAIL_QUEUED(Way.BOOKINGS, "notification"),
    AFTER_MAIL_SENT(Way.BOOKINGS, "notification");

    /** What has to happen so that a service comes by. */
    enum Way {
        /** Every booking passes there: nothing more is needed. */
        BOOKINGS,
        POISON,
        CANCELLATION,
        LOST_ANSWER,
        REDRIVE
    }

    private final Way way;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private final List<String> services;

    Place(Way way, String... services) {
        this.way = way;
        this.services = List.of(services);
    }

    Way way() {
        return way;
    }

    /** Those that have it. */
    List<String> services() {
        return services;
    }

    /** As it is written on the outside: {@code after-claim}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
