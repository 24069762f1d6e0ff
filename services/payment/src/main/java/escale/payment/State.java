package escale.payment;

/** Where a payment stands in the ledger. */
public enum State {
    /** For its next attempt, or for the first one to be made at all. */
    WAITING,
    /** A worker holds a lease on it. */
    ATTEMPTING,
    PAID,
    DECLINED,
    /** The traveller confirms at the bank. */
    ACTION_REQUIRED,
    CANCELLED,
    /** The ladder has ended and nothing was charged. */
    FAILED,
    /** The ladder has ended and nobody knows yet whether something was charged. */
    UNPROVEN
}
