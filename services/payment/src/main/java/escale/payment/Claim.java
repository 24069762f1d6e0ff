package escale.payment;

import java.time.Duration;

/** What the ledger answers to a ticket. */
public sealed interface Claim {

    /** The attempt is this worker's, until the lease ends. */
    record Granted(Payment payment) implements Claim {}

    /** Another worker may be at it, or it is too early: come back with the same ticket. */
    record Later(Duration in) implements Claim {}

    /** The attempt has been made, or the payment is settled. */
    record Over() implements Claim {}
}
