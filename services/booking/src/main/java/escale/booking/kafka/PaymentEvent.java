package escale.booking.kafka;

import escale.booking.PaymentNews;
import escale.messaging.Malformed;
import escale.runtime.Trace;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of payment, as far as booking reads it; which of the optional fields are there is a matter of its type. */
@Serdeable.Deserializable
record PaymentEvent(
        UUID paymentId,
        UUID bookingId,
        int chargeNo,
        int version,
        int attempt,
        int cycle,
        String worker,
        PaymentEvent.@Nullable Source source,
        Instant occurredAt,
        @Nullable String providerPaymentId,
        @Nullable String reason,
        @Nullable String cause,
        @Nullable String link,
        @Nullable String proof,
        @Nullable Instant expiresAt,
        @Nullable Instant nextAttemptAt,
        @Nullable UUID refundId,
        @Nullable Long refundAmount,
        @Nullable Long remaining) {

    @Serdeable.Deserializable
    record Source(String topic, int partition, long offset) {}

    /** Null for a type that is of no concern here. */
    @Nullable
    PaymentNews news(String type, Trace trace) {
        return switch (type) {
            case "payment.succeeded" ->
                new PaymentNews.Succeeded(about(trace), given(providerPaymentId, "providerPaymentId"));
            case "payment.declined" -> new PaymentNews.Declined(about(trace), given(reason, "reason"));
            case "payment.action-required" ->
                new PaymentNews.ActionRequired(about(trace), given(link, "link"), given(expiresAt, "expiresAt"));
            case "payment.attempt-failed" ->
                new PaymentNews.AttemptFailed(
                        about(trace), given(cause, "cause"), given(nextAttemptAt, "nextAttemptAt"));
            case "payment.exhausted" -> exhausted(about(trace));
            case "payment.cancelled" -> new PaymentNews.TakenBack(about(trace));
            case "payment.refunded" ->
                new PaymentNews.Refunded(
                        about(trace),
                        given(refundId, "refundId"),
                        given(refundAmount, "refundAmount"),
                        remaining,
                        reason);
            case "payment.refund-failed" ->
                new PaymentNews.RefundFailed(about(trace), given(cause, "cause"), nextAttemptAt);
            default -> null;
        };
    }

    /** Only a proof that nothing was taken counts as one. */
    private PaymentNews exhausted(PaymentNews.About about) {
        return "UNPAID".equals(proof)
                ? new PaymentNews.ExhaustedUnpaid(about, given(cause, "cause"))
                : new PaymentNews.ExhaustedUnknown(about, given(cause, "cause"));
    }

    private PaymentNews.About about(Trace trace) {
        return new PaymentNews.About(
                bookingId,
                paymentId,
                chargeNo,
                version,
                attempt,
                cycle,
                worker,
                source == null ? null : new PaymentNews.Source(source.topic, source.partition, source.offset),
                occurredAt,
                trace);
    }

    private static <T> T given(@Nullable T value, String field) {
        if (value == null) {
            throw new Malformed("There is no " + field);
        }
        return value;
    }
}
