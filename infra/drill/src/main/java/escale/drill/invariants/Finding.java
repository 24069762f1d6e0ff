package escale.drill.invariants;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one invariant says about the world.
 *
 * @param compared counts and sums, so that a pass over nothing is seen
 * @param violations all of them, of which only some are named
 */
public record Finding(String id, String sentence, String compared, long violations, List<String> named) {
    @JsonProperty
    public boolean holds() {
        return violations == 0;
    }
}
