package escale.simulator.books;

import org.jspecify.annotations.Nullable;

/** A call that wants to change the books, as far as its idempotency key cares. */
public record Attempt(@Nullable String key, String requestId, String endpoint, String fingerprint) {

    /** What happens without a call of the merchant: the traveller's bank acts. */
    public static Attempt ofBank(String requestId) {
        return new Attempt(null, requestId, "", "");
    }
}
