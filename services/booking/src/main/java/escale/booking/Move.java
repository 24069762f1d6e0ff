package escale.booking;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transition of one booking, and what it leaves in it. It happens only if the booking is where the transition may
 * begin, and its latest charge is the one meant.
 *
 * @param version that the booking must still have; null when only its status counts
 * @param attempts made for the charge, as far as the mover knows; the highest one counts
 */
public record Move(
        UUID bookingId,
        int chargeNo,
        @Nullable Integer version,
        Transition transition,
        boolean requiresManualIntervention,
        @Nullable String reason,
        @Nullable String link,
        @Nullable Instant expiresAt,
        int attempts) {

    static Move of(PaymentNews news, Transition transition) {
        var about = news.about();
        return new Move(
                about.bookingId(), about.chargeNo(), null, transition, false, null, null, null, about.attempt());
    }

    /** Of a booking as it was read: should it change before it is moved, it is not moved. */
    static Move of(Booking booking, Transition transition) {
        return new Move(booking.id(), booking.chargeNo(), booking.version(), transition, false, null, null, null, 0);
    }

    Move because(@Nullable String why) {
        return new Move(
                bookingId, chargeNo, version, transition, requiresManualIntervention, why, link, expiresAt, attempts);
    }

    Move until(Instant end) {
        return new Move(
                bookingId, chargeNo, version, transition, requiresManualIntervention, reason, link, end, attempts);
    }

    Move by(String confirmationLink) {
        return new Move(
                bookingId,
                chargeNo,
                version,
                transition,
                requiresManualIntervention,
                reason,
                confirmationLink,
                expiresAt,
                attempts);
    }

    Move forPeople() {
        return new Move(bookingId, chargeNo, version, transition, true, reason, link, expiresAt, attempts);
    }
}
