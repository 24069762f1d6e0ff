package escale.payment.refund;

import escale.payment.Doubt;
import escale.payment.Payment;
import java.time.Instant;
import java.util.UUID;

/**
 * A sum to give back, as its worker claimed it.
 *
 * @param attempt the call about to be made, from 1
 * @param keyNo distinguishes the idempotency keys of one refund
 * @param doubt what is open about the call before
 */
public record Refund(UUID id, Payment payment, long amount, int attempt, int keyNo, Doubt doubt, Instant since) {

    public String idempotencyKey() {
        return id + ":refund:" + keyNo;
    }

    /** Nothing was given back under the present key. */
    public Refund underNewKey() {
        return new Refund(id, payment, amount, attempt, keyNo + 1, Doubt.NONE, since);
    }
}
