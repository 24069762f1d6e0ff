package escale.booking;

import escale.runtime.Trace;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Seats of a departure, for one traveller and their party.
 *
 * @param amount the price of all its seats, in minor units
 * @param chargeNo the latest charge ordered, 0 before the first
 * @param link where the traveller confirms the payment at the bank
 * @param expiresAt when the seats are released unless somebody acts
 * @param version of the last event told about it
 */
public record Booking(
        UUID id,
        String userId,
        Trip trip,
        int people,
        long amount,
        String currency,
        Status status,
        PaymentMethod paymentMethod,
        int chargeNo,
        @Nullable UUID paymentId,
        int attempts,
        boolean requiresManualIntervention,
        @Nullable String reason,
        @Nullable String link,
        @Nullable String locale,
        @Nullable Instant expiresAt,
        Trace trace,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    /** Where it goes and when, so that no mail and no page has to look it up. */
    public record Trip(UUID tourId, String tourTitle, UUID departureId, Instant startsAt, String zone) {}

    /** A booking that has just been given its seats: its payment is ordered in the same breath. */
    static Booking accepted(BookingRequest request, Departure departure, Instant now) {
        return of(request, departure, now, Status.PENDING_PAYMENT, PaymentMethod.CARD, request.paymentId(), null);
    }

    /** The same while payment is away: the seats are held until its traveller pays by link, and nothing is ordered. */
    static Booking reserved(BookingRequest request, Departure departure, Instant now) {
        var until = now.plus(Deadlines.RESERVED);
        var leaves = departure.startsAt();
        return of(
                request,
                departure,
                now,
                Status.RESERVED_PENDING_PAYMENT,
                PaymentMethod.DEFERRED,
                null,
                until.isBefore(leaves) ? until : leaves);
    }

    private static Booking of(
            BookingRequest request,
            Departure departure,
            Instant now,
            Status status,
            PaymentMethod method,
            @Nullable UUID paymentId,
            @Nullable Instant expiresAt) {
        return new Booking(
                request.bookingId(),
                request.userId(),
                new Trip(
                        departure.tourId(),
                        departure.tourTitle(),
                        departure.id(),
                        departure.startsAt(),
                        departure.zone()),
                request.people(),
                Math.multiplyExact(departure.price(), request.people()),
                departure.currency(),
                status,
                method,
                paymentId == null ? 0 : 1,
                paymentId,
                0,
                false,
                method == PaymentMethod.DEFERRED ? "payment-unavailable" : null,
                null,
                request.locale(),
                expiresAt,
                request.trace(),
                now,
                now,
                1);
    }
}
