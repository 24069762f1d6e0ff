package escale.drill.world;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client and what it was told, from the client's own log.
 *
 * @param http the status of the answer; 0 when there was none
 * @param booking of an accepted one
 */
public record Asked(
        String key,
        String user,
        UUID departure,
        int people,
        String method,
        int http,
        String code,
        @Nullable UUID booking,
        boolean replayed) {

    public boolean accepted() {
        return http == 202;
    }

    /** Whether both asked for the same thing. */
    public boolean sameBody(Asked other) {
        return departure.equals(other.departure) && people == other.people && method.equals(other.method);
    }
}
