package escale.simulator.books;

import escale.simulator.payments.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How a call was answered, kept so that its idempotency key can repeat it.
 *
 * @param fingerprint a digest of the parameters: the same key may only come with the same ones
 * @param refusal what the body says; null when it is the changed object
 */
public record Answer(
        String requestId,
        String endpoint,
        String fingerprint,
        int status,
        @Nullable Refusal refusal) {}
