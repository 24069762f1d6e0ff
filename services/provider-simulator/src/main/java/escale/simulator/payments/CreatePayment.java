package escale.simulator.payments;

import escale.simulator.payments.ConfirmPayment.Confirmation;
import escale.simulator.payments.Outcome.Posted;
import escale.simulator.payments.Outcome.Refused;
import org.jspecify.annotations.Nullable;

/** Opens an intent, and confirms it in the same call when asked to. */
public final class CreatePayment {

    private CreatePayment() {}

    /** The ids the new objects get; they come from the door, so that this stays a pure function. */
    public record NewIds(String intent, String charge) {}

    public static Outcome create(
            Order order, @Nullable TestMethod method, @Nullable Confirmation confirmation, NewIds ids, long now) {
        var opened = PaymentIntent.opened(ids.intent(), now, order, method);
        if (confirmation == null) {
            return new Posted(Change.of(Fact.INTENT_CREATED, opened, null).whichOpens());
        }
        return switch (ConfirmPayment.confirm(opened, confirmation, ids.charge(), now)) {
            case Posted(Change change, Refusal refusal) -> new Posted(change.whichOpens(), refusal);
            // An intent that could not even be confirmed was never opened.
            case Refused(Refusal refusal, var _) -> new Refused(refusal, null);
        };
    }
}
