package escale.booking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import escale.booking.change.Change.Seats;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What booking tells the others. Names and fields are the contract's, for ever. */
public sealed interface BookingEvent {

    About about();

    /** What every event says: the booking as it is after it. */
    @Serdeable
    record About(
            UUID bookingId,
            int version,
            String userId,
            UUID tourId,
            String tourTitle,
            UUID departureId,
            Instant startsAt,
            String timezone,
            int people,
            long amount,
            String currency,
            int chargeNo,
            Status status,
            @Nullable String locale,
            Instant occurredAt) {
        public static About of(Booking booking) {
            var trip = booking.trip();
            return new About(
                    booking.id(),
                    booking.version(),
                    booking.userId(),
                    trip.tourId(),
                    trip.tourTitle(),
                    trip.departureId(),
                    trip.startsAt(),
                    trip.zone(),
                    booking.people(),
                    booking.amount(),
                    booking.currency(),
                    booking.chargeNo(),
                    booking.status(),
                    booking.locale(),
                    booking.updatedAt());
        }
    }

    @Serdeable
    record Created(@JsonUnwrapped About about) implements BookingEvent {}

    @Serdeable
    record Reserved(@JsonUnwrapped About about, Instant expiresAt, String link) implements BookingEvent {}

    /** At the wish of an operator; each link has an id, so that its mail is sent once. */
    @Serdeable
    record PayLinkSent(@JsonUnwrapped About about, UUID linkId, Instant expiresAt, String link)
            implements BookingEvent {}

    @Serdeable
    record PaymentRequested(@JsonUnwrapped About about) implements BookingEvent {}

    @Serdeable
    record Confirmed(@JsonUnwrapped About about, UUID paymentId, String providerPaymentId) implements BookingEvent {}

    @Serdeable
    record PaymentFailed(
            @JsonUnwrapped About about,
            String reason,
            boolean declined,
            boolean requiresManualIntervention,
            @Nullable Instant expiresAt,
            @Nullable String link)
            implements BookingEvent {}

    @Serdeable
    record NeedsAttention(@JsonUnwrapped About about, String reason, boolean requiresManualIntervention)
            implements BookingEvent {}

    @Serdeable
    record ActionRequired(@JsonUnwrapped About about, String link, Instant expiresAt) implements BookingEvent {}

    @Serdeable
    record Cancelled(
            @JsonUnwrapped About about,
            CancelledBy cancelledBy,
            @Nullable String reason) implements BookingEvent {}

    @Serdeable
    record Expired(@JsonUnwrapped About about, Status expiredFrom) implements BookingEvent {}

    @Serdeable
    record RefundPending(@JsonUnwrapped About about, long refundAmount) implements BookingEvent {}

    @Serdeable
    record Refunded(@JsonUnwrapped About about, UUID refundId, long refundAmount) implements BookingEvent {}

    @Serdeable
    record Changed(@JsonUnwrapped About about, Seats previous) implements BookingEvent {}

    @Serdeable
    record ChangeRequested(@JsonUnwrapped About about, Seats wanted, long supplement, Instant expiresAt)
            implements BookingEvent {}

    @Serdeable
    record ChangeActionRequired(@JsonUnwrapped About about, String link, Instant expiresAt) implements BookingEvent {}

    @Serdeable
    record ChangeFailed(@JsonUnwrapped About about, Seats wanted, String reason) implements BookingEvent {}

    /** Who gave a booking up. */
    enum CancelledBy {
        TRAVELLER,
        SUPPORT
    }

    @JsonIgnore
    default String type() {
        return switch (this) {
            case Created _ -> "booking.created";
            case Reserved _ -> "booking.reserved";
            case PayLinkSent _ -> "booking.pay-link-sent";
            case PaymentRequested _ -> "booking.payment-requested";
            case Confirmed _ -> "booking.confirmed";
            case PaymentFailed _ -> "booking.payment-failed";
            case NeedsAttention _ -> "booking.needs-attention";
            case ActionRequired _ -> "booking.action-required";
            case Cancelled _ -> "booking.cancelled";
            case Expired _ -> "booking.expired";
            case RefundPending _ -> "booking.refund-pending";
            case Refunded _ -> "booking.refunded";
            case Changed _ -> "booking.changed";
            case ChangeRequested _ -> "booking.change-requested";
            case ChangeActionRequired _ -> "booking.change-action-required";
            case ChangeFailed _ -> "booking.change-failed";
        };
    }
}
