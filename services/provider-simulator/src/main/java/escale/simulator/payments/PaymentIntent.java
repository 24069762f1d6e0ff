package escale.simulator.payments;

import org.jspecify.annotations.Nullable;

/**
 * One intended payment and how far it has come; an immutable snapshot.
 *
 * @param created seconds since 1970
 * @param latestCharge the last charge tried for it, paid or failed
 */
public record PaymentIntent(
        String id,
        long created,
        Order order,
        IntentStatus status,
        @Nullable TestMethod method,
        @Nullable String latestCharge,
        @Nullable Failure lastError,
        @Nullable Cancellation cancellation)
        implements Resource {

    /** The last try that did not bring money. */
    public record Failure(
            Decline decline, TestMethod method, @Nullable String charge) {}

    /** When and why the intent was given up. */
    public record Cancellation(long at, @Nullable String reason) {}

    static PaymentIntent opened(String id, long created, Order order, @Nullable TestMethod method) {
        var status = method == null ? IntentStatus.REQUIRES_PAYMENT_METHOD : IntentStatus.REQUIRES_CONFIRMATION;
        return new PaymentIntent(id, created, order, status, method, null, null, null);
    }

    /** How it looked when it was opened, whatever has become of it in the same call. */
    public PaymentIntent asOpened() {
        return opened(id, created, order, null);
    }

    public boolean paid() {
        return status == IntentStatus.SUCCEEDED;
    }

    /** The secret a browser would hold; derived, so that it need not be kept. */
    public String clientSecret() {
        return id + "_secret_" + Integer.toHexString(id.hashCode()) + "local";
    }

    PaymentIntent paidBy(Charge charge) {
        return new PaymentIntent(
                id, created, order, IntentStatus.SUCCEEDED, charge.method(), charge.id(), null, cancellation);
    }

    PaymentIntent failed(Failure failure) {
        var charge = failure.charge() == null ? latestCharge : failure.charge();
        return new PaymentIntent(
                id, created, order, IntentStatus.REQUIRES_PAYMENT_METHOD, null, charge, failure, cancellation);
    }

    PaymentIntent challenged(TestMethod by) {
        return new PaymentIntent(
                id, created, order, IntentStatus.REQUIRES_ACTION, by, latestCharge, lastError, cancellation);
    }

    PaymentIntent canceled(Cancellation why) {
        return new PaymentIntent(id, created, order, IntentStatus.CANCELED, method, latestCharge, lastError, why);
    }

    PaymentIntent reordered(Order changed) {
        return new PaymentIntent(id, created, changed, status, method, latestCharge, lastError, cancellation);
    }

    PaymentIntent toBePaidBy(TestMethod chosen) {
        return new PaymentIntent(
                id, created, order, IntentStatus.REQUIRES_CONFIRMATION, chosen, latestCharge, lastError, cancellation);
    }
}
