package escale.simulator.books;

import escale.simulator.payments.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the provider tells its merchants about a line of the ledger.
 *
 * @param object the object as it was right after the event
 */
public record Event(
        String id,
        String type,
        Instant time,
        Resource object,
        String requestId,
        @Nullable String idempotencyKey) {}
