package escale.drill.world;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail that was or will be sent, as notification has it.
 *
 * @param doubts how often notification does not know whether it left: at most so many of its letters are too many
 * @param sentAt by the clock of its database; null while it is not sent
 * @param overdue nothing keeps it, and it has not left
 */
public record Mail(
        UUID id,
        UUID booking,
        String kind,
        int doubts,
        @Nullable Instant sentAt,
        boolean overdue) {}
