package escale.payment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;

/** What payment tells the others. Names and fields are the contract's, for ever. */
public sealed interface PaymentEvent {

    About about();

    /** What every event says: which payment, after which attempt, and who found out where. */
    @Serdeable
    record About(
            UUID paymentId,
            UUID bookingId,
            int chargeNo,
            int version,
            long amount,
            String currency,
            int attempt,
            int cycle,
            String worker,
            Origin source,
            Instant occurredAt) {}

    @Serdeable
    record Succeeded(@JsonUnwrapped About about, String providerPaymentId) implements PaymentEvent {}

    @Serdeable
    record Declined(@JsonUnwrapped About about, String reason, String message) implements PaymentEvent {}

    @Serdeable
    record ActionRequired(@JsonUnwrapped About about, String link, Instant expiresAt) implements PaymentEvent {}

    @Serdeable
    record AttemptFailed(@JsonUnwrapped About about, String cause, Instant nextAttemptAt) implements PaymentEvent {}

    @Serdeable
    record Exhausted(@JsonUnwrapped About about, String cause, int attempts, Proof proof) implements PaymentEvent {}

    @Serdeable
    record Cancelled(@JsonUnwrapped About about) implements PaymentEvent {}

    /** Remaining is what all charges of the booking still hold after it. */
    @Serdeable
    record Refunded(@JsonUnwrapped About about, UUID refundId, long refundAmount, long remaining, String reason)
            implements PaymentEvent {}

    @Serdeable
    record RefundFailed(@JsonUnwrapped About about, UUID refundId, long refundAmount, String cause)
            implements PaymentEvent {}

    /** What is certain once the ladder has ended. */
    enum Proof {
        UNPAID,
        UNKNOWN
    }

    @JsonIgnore
    default String type() {
        return switch (this) {
            case Succeeded _ -> "payment.succeeded";
            case Declined _ -> "payment.declined";
            case ActionRequired _ -> "payment.action-required";
            case AttemptFailed _ -> "payment.attempt-failed";
            case Exhausted _ -> "payment.exhausted";
            case Cancelled _ -> "payment.cancelled";
            case Refunded _ -> "payment.refunded";
            case RefundFailed _ -> "payment.refund-failed";
        };
    }
}
