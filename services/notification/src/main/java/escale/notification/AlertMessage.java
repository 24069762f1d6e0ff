package escale.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * An alert as it leaves, claimed by one sender.
 *
 * @param thread what it belongs to; receivers that can, take a repetition for what it is by it
 * @param failingFor how long ago it failed for the first time
 */
public record AlertMessage(
        long id,
        String thread,
        Level level,
        String summary,
        Map<String, String> details,
        Instant raisedAt,
        long fence,
        int attempts,
        Duration failingFor) {

    /** How loudly it has to be said. */
    public enum Level {
        /** Everybody waits. */
        CRITICAL,
        /** Somebody waits. */
        ERROR,
        /** It is over. */
        RESOLVED
    }
}
