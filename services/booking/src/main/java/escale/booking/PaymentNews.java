package escale.booking;

import escale.runtime.Trace;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What payment tells about a charge. */
public sealed interface PaymentNews {

    About about();

    /**
     * Which charge, after which attempt, and who found out.
     *
     * @param version of the payment: with the charge it names this piece of news
     */
    record About(
            UUID bookingId,
            UUID paymentId,
            int chargeNo,
            int version,
            int attempt,
            int cycle,
            String worker,
            @Nullable Source source,
            Instant at,
            Trace trace) {}

    /** The record that led to it; there is none where a webhook, the reconciler or a person did. */
    record Source(String topic, int partition, long offset) {}

    record Succeeded(About about, String providerPaymentId) implements PaymentNews {}

    /** A definite no of the card. */
    record Declined(About about, String reason) implements PaymentNews {}

    record ActionRequired(About about, String link, Instant expiresAt) implements PaymentNews {}

    record AttemptFailed(About about, String cause, Instant nextAttemptAt) implements PaymentNews {}

    /** The retries ended, and the provider said that nothing was taken. */
    record ExhaustedUnpaid(About about, String cause) implements PaymentNews {}

    /** The retries ended, and the provider could not be asked. */
    record ExhaustedUnknown(About about, String cause) implements PaymentNews {}

    /** The charge was taken back before any money was taken. */
    record TakenBack(About about) implements PaymentNews {}

    /**
     * Money went back.
     *
     * @param remaining what the charges of the booking still hold; null from a payment service that did not say
     * @param reason why it went back; null likewise
     */
    record Refunded(
            About about,
            UUID refundId,
            long amount,
            @Nullable Long remaining,
            @Nullable String reason) implements PaymentNews {
        /** There may be parts on their way, or charges beside it. */
        boolean isAll() {
            return remaining == null || remaining <= 0;
        }

        /** Of a booking that stays what it has become. */
        boolean isAfterChange() {
            return PaymentOrder.GiveBack.AFTER_CHANGE.equals(reason);
        }
    }

    record RefundFailed(About about, String cause, @Nullable Instant nextAttemptAt) implements PaymentNews {}

    /** The type of the event that told it. */
    default String type() {
        return switch (this) {
            case Succeeded _ -> "payment.succeeded";
            case Declined _ -> "payment.declined";
            case ActionRequired _ -> "payment.action-required";
            case AttemptFailed _ -> "payment.attempt-failed";
            case ExhaustedUnpaid _, ExhaustedUnknown _ -> "payment.exhausted";
            case TakenBack _ -> "payment.cancelled";
            case Refunded _ -> "payment.refunded";
            case RefundFailed _ -> "payment.refund-failed";
        };
    }
}
