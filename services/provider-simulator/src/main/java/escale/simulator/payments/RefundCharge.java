package escale.simulator.payments;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends money back: all that is left of a charge, or a part of it. */
public final class RefundCharge {

    private RefundCharge() {}

    /** What the merchant asks for; without an amount, the remainder. */
    public record Request(@Nullable Long amount, @Nullable String reason, Map<String, String> metadata) {}

    public static Outcome refund(Charge charge, Request request, String refundId, long now) {
        if (!charge.paid()) {
            return refused("charge_not_refundable", "Charge " + charge.id() + " failed: there is nothing to refund.");
        }
        if (charge.refundable() == 0) {
            return refused("charge_already_refunded", "Charge " + charge.id() + " has already been refunded.");
        }
        long amount = request.amount() == null ? charge.refundable() : request.amount();
        if (amount > charge.refundable()) {
            return new Outcome.Refused(
                    Refusal.invalid(
                            "amount_too_large",
                            "Refund amount (%d %s) is greater than unrefunded amount on charge (%d %s)"
                                    .formatted(
                                            amount,
                                            charge.order().currency(),
                                            charge.refundable(),
                                            charge.order().currency()),
                            "amount"),
                    null);
        }
        var refund = new Refund(
                refundId,
                charge.id(),
                charge.intent(),
                now,
                amount,
                charge.order().currency(),
                request.reason(),
                request.metadata(),
                false);
        return new Outcome.Posted(Change.of(Fact.REFUND_SUCCEEDED, charge.refunded(amount), refund));
    }

    /** The bank of the traveller returns the refund: the money is the merchant's again. */
    public static Change returned(Charge charge, Refund refund) {
        return Change.of(Fact.REFUND_FAILED, charge.refunded(-refund.amount()), refund.returned());
    }

    private static Outcome refused(String code, String message) {
        return new Outcome.Refused(Refusal.invalid(code, message, null), null);
    }
}
