package escale.drill.world;

import java.util.UUID;

/**
 * What a client was answered who thought again, from its own log.
 *
 * @param people that a change is to lead to
 */
public record Act(UUID booking, String what, int people, int http) {
    /** It is so from now on, as the answer says. */
    public boolean done() {
        return http == 200;
    }
}
