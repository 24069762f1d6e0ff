package escale.simulator.payments;

import escale.simulator.payments.PaymentIntent.Failure;

/** The traveller approves or refuses the payment on the page of his bank (3-D Secure). */
public final class AnswerChallenge {

    private AnswerChallenge() {}

    public static Outcome answer(PaymentIntent intent, boolean approved, String chargeId, long now) {
        if (intent.status() != IntentStatus.REQUIRES_ACTION || intent.method() == null) {
            return new Outcome.Refused(
                    Refusal.unexpectedState("This payment waits for no authentication any more."), intent);
        }
        if (approved) { // the issuer has the last word all the same
            var method = intent.method();
            return new Outcome.Posted(ConfirmPayment.charge(intent, method, method.decline(), chargeId, now));
        }
        var failure = new Failure(Decline.AUTHENTICATION_FAILED, intent.method(), null);
        return new Outcome.Posted(Change.of(Fact.AUTHENTICATION_REFUSED, intent.failed(failure), null));
    }
}
