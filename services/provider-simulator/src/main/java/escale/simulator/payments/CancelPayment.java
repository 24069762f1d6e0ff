package escale.simulator.payments;

import escale.simulator.payments.PaymentIntent.Cancellation;
import org.jspecify.annotations.Nullable;

/** Gives an intent up, so that it can never be charged any more. */
public final class CancelPayment {

    private CancelPayment() {}

    public static Outcome cancel(PaymentIntent intent, @Nullable String reason, long now) {
        if (intent.status().isFinal()) {
            return new Outcome.Refused(
                    Refusal.unexpectedState("You cannot cancel this PaymentIntent because it has a status of "
                            + intent.status().wire()
                            + ". Only a PaymentIntent with one of the following statuses may be canceled:"
                            + " requires_payment_method, requires_capture, requires_confirmation, requires_action,"
                            + " processing."),
                    intent);
        }
        return new Outcome.Posted(
                Change.of(Fact.INTENT_CANCELED, intent.canceled(new Cancellation(now, reason)), null));
    }
}
