package escale.payment.refund;

import escale.payment.Doubt;
import escale.payment.Payment;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sum to give back, as its worker claimed it.
 *
 * @param attempt the call about to be made, from 1
 * @param keyNo distinguishes the idempotency keys of one refund
 * @param doubt what is open about the requests before under this key
 * @param lookFirst whether the next request would prove nothing: the provider has answered, or forgets the key
 * @param lastRequest when one was last made under this key, as far as one was
 */
public record Refund(
        UUID id,
        Payment payment,
        long amount,
        int attempt,
        int keyNo,
        Doubt doubt,
        boolean lookFirst,
        @Nullable Instant lastRequest) {

    public String idempotencyKey() {
        return id + ":refund:" + keyNo;
    }
}
