package escale.simulator.faults;

import org.jspecify.annotations.Nullable;

/**
 * A fault for certain calls.
 *
 * @param times how often it strikes; null is for ever
 * @param applied how often it has struck
 */
public record FaultRule(
        Match match, FaultKind kind, @Nullable Integer times, int applied) {

    @SuppressWarnings("ConstantValue") // JSON can leave out what the type says is there
    public FaultRule {
        require(match != null, "a rule needs a match, if only an empty one");
        require(kind != null, "a rule needs a kind");
        require(times == null || times > 0, "times of a rule must be 1 or more");
        require(applied >= 0, "applied of a rule must not be negative");
    }

    boolean spent() {
        return times != null && applied >= times;
    }

    FaultRule struck() {
        return new FaultRule(match, kind, times, applied + 1);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
