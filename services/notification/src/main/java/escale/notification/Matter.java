package escale.notification;

import java.util.UUID;

/** What a mail is about. */
public sealed interface Matter {

    /** As logs, figures and the mail itself name it. */
    String kind();

    record OfBooking(Occasion occasion, Facts facts) implements Matter {
        @Override
        public String kind() {
            return occasion.kind().name();
        }
    }

    /** Booking is possible again, after an outage in which somebody asked to be told. */
    record OfOutage(UUID outageId) implements Matter {
        @Override
        public String kind() {
            return "POSSIBLE_AGAIN";
        }
    }
}
