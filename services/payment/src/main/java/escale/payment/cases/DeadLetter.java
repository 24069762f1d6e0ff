package escale.payment.cases;

import escale.payment.Origin;
import escale.payment.Ticket;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that came to nothing, as a case for people.
 *
 * @param payment null when the record could not be read, so that nobody knows which payment it was about
 * @param refundId where not a charge but a refund came to nothing
 * @param key of the record that failed
 * @param owner who looks after it
 * @param version for optimistic locking between operators
 */
public record DeadLetter(
        UUID id,
        @Nullable Ticket payment,
        @Nullable UUID refundId,
        @Nullable UUID bookingId,
        @Nullable String key,
        Origin origin,
        String type,
        String cause,
        int attempts,
        @Nullable Instant firstFailureAt,
        Instant lastFailureAt,
        byte @Nullable [] payload,
        Map<String, String> headers,
        Status status,
        @Nullable String owner,
        int version,
        Instant createdAt) {

    /** Where the case stands. */
    public enum Status {
        OPEN,
        REPLAYING,
        SETTLED,
        /** A person decided that nothing is to be done. */
        DISCARDED
    }
}
