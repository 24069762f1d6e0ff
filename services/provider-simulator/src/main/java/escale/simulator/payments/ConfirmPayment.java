package escale.simulator.payments;

import escale.simulator.payments.PaymentIntent.Failure;
import org.jspecify.annotations.Nullable;

/** Tries to take the money of an intent. */
public final class ConfirmPayment {

    private ConfirmPayment() {}

    /**
     * How the merchant wants it confirmed.
     *
     * @param unattended nobody is there to authenticate: a card that asks for it is declined
     * @param forced a decline that was switched on from outside
     */
    public record Confirmation(
            @Nullable TestMethod method,
            @Nullable String returnUrl,
            boolean unattended,
            @Nullable Decline forced) {}

    public static Outcome confirm(PaymentIntent intent, Confirmation confirmation, String chargeId, long now) {
        return switch (intent.status()) {
            case SUCCEEDED ->
                new Outcome.Refused(
                        Refusal.unexpectedState("You cannot confirm this PaymentIntent because it has already succeeded"
                                + " after being previously confirmed."),
                        intent);
            case CANCELED ->
                new Outcome.Refused(
                        Refusal.unexpectedState("You cannot confirm this PaymentIntent because it has a status of"
                                + " canceled. Only a PaymentIntent with one of the following statuses may be confirmed:"
                                + " requires_confirmation, requires_action."),
                        intent);
            case REQUIRES_PAYMENT_METHOD, REQUIRES_CONFIRMATION, REQUIRES_ACTION ->
                attempt(intent, confirmation, chargeId, now);
        };
    }

    private static Outcome attempt(PaymentIntent intent, Confirmation confirmation, String chargeId, long now) {
        var method = confirmation.method() == null ? intent.method() : confirmation.method();
        if (method == null) {
            return new Outcome.Refused(
                    Refusal.unexpectedState("You cannot confirm this PaymentIntent because it's missing a payment"
                            + " method. Update the PaymentIntent with a payment method and then confirm it again."),
                    intent);
        }
        var ready = intent.reordered(intent.order().returningTo(confirmation.returnUrl()));
        var atOnce = declineAtOnce(method, confirmation);
        if (atOnce == null && method.wantsAuthentication()) {
            return new Outcome.Posted(Change.of(Fact.ACTION_REQUIRED, ready.challenged(method), null));
        }
        var decline = atOnce == null ? method.decline() : atOnce;
        return new Outcome.Posted(
                charge(ready, method, decline, chargeId, now), decline == null ? null : Refusal.declined(decline));
    }

    private static @Nullable Decline declineAtOnce(TestMethod method, Confirmation confirmation) {
        if (confirmation.forced() != null) {
            return confirmation.forced();
        }
        return method.wantsAuthentication() && confirmation.unattended() ? Decline.AUTHENTICATION_REQUIRED : null;
    }

    /** The issuer takes the money, or declines. */
    static Change charge(
            PaymentIntent intent, TestMethod method, @Nullable Decline decline, String chargeId, long now) {
        var charge = new Charge(chargeId, intent.id(), now, intent.order(), method, decline, 0);
        return decline == null
                ? Change.of(Fact.CHARGE_SUCCEEDED, intent.paidBy(charge), charge)
                : Change.of(Fact.CHARGE_FAILED, intent.failed(new Failure(decline, method, chargeId)), charge);
    }
}
