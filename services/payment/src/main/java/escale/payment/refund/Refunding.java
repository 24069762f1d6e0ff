package escale.payment.refund;

import escale.payment.Doubt;

/** What came of giving money back. */
public sealed interface Refunding {

    record Refunded(String providerId) implements Refunding {}

    /** The provider will not do it, however often it is asked. */
    record Refused(String cause) implements Refunding {}

    /** Not done as far as anyone knows; to be tried again, starting from the key that was used. */
    record Open(String cause, Doubt doubt, int keyNo) implements Refunding {}
}
