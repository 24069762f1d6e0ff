package escale.simulator.payments;

import org.jspecify.annotations.Nullable;

/**
 * One fact and the objects as they are after it.
 *
 * @param opening the intent did not exist before
 */
public record Change(
        Fact fact,
        boolean opening,
        @Nullable PaymentIntent intent,
        @Nullable Charge charge,
        @Nullable Refund refund) {

    static Change of(Fact fact, PaymentIntent intent, @Nullable Charge charge) {
        return new Change(fact, false, intent, charge, null);
    }

    static Change of(Fact fact, Charge charge, Refund refund) {
        return new Change(fact, false, null, charge, refund);
    }

    Change whichOpens() {
        return new Change(fact, true, intent, charge, refund);
    }
}
