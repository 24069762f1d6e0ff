package escale.payment;

import escale.payment.refund.Refund;
import escale.payment.refund.Refunding;

/** The side that moves the money. What the network or the provider does is answered, not thrown. */
public interface PaymentProvider {

    /** Charges under the payment's key, or answers what was already done under it. */
    Charge charge(Payment payment);

    /** Whether a request under the payment's present key would still be recognised as a repetition. */
    boolean remembersKeyOf(Payment payment);

    /** Looks up what became of all earlier tries without trying anything. */
    Charge ask(Payment payment);

    /** Sees to it that nothing can be charged any more, and answers whether anything was. */
    Charge giveUp(Payment payment);

    /** Gives a sum back under the refund's key, or answers what was already given back. */
    Refunding refund(Refund refund);

    /** What became of a sum that was given back; refused, where the bank has returned it. */
    Refunding lookUp(Refund refund);

    /** Whether the provider answers at all. */
    boolean answers();
}
