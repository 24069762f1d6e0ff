package escale.simulator.faults;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import java.util.List;
import java.util.Objects;

/**
 * All switches at once; the JSON of {@code /faults}.
 *
 * @param down connections are refused
 * @param latencyMs every answer takes at least this long
 * @param latencyJitterMs and up to this much longer
 * @param errorRate the share of calls, 0 to 1, that a fault strikes by chance
 * @param errorKind which fault; with several, each is equally likely
 * @param seed decides the chances: the n-th call after a change of the switches always meets the same fate
 */
public record Faults(
        boolean down,
        int latencyMs,
        int latencyJitterMs,
        double errorRate,

        @JsonFormat(with = {Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY, Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED})
        List<FaultKind> errorKind,

        int retryAfterSeconds,
        int hangMs,
        int dripMs,
        int searchLagMs,
        long seed,
        WebhookFaults webhooks,
        List<FaultRule> rules) {

    private static final int LONGEST_MS = 3_600_000;

    @SuppressWarnings("ConstantValue") // JSON can say null where the type does not
    public Faults {
        requireTime("latencyMs", latencyMs);
        requireTime("latencyJitterMs", latencyJitterMs);
        requireTime("hangMs", hangMs);
        requireTime("dripMs", dripMs);
        requireTime("searchLagMs", searchLagMs);
        require(errorRate >= 0 && errorRate <= 1, "errorRate must be between 0 and 1");
        require(retryAfterSeconds >= 0, "retryAfterSeconds must not be negative");
        require(
                errorKind != null && !errorKind.isEmpty() && errorKind.stream().allMatch(Objects::nonNull),
                "errorKind must name at least one kind of fault");
        require(webhooks != null, "webhooks must not be null");
        require(rules != null && rules.stream().allMatch(Objects::nonNull), "rules must be a list of rules");
        errorKind = List.copyOf(errorKind);
        rules = List.copyOf(rules);
    }

    /** Everything works. */
    public static Faults healthy(int latencyMs, int searchLagMs, long seed) {
        return new Faults(
                false,
                latencyMs,
                0,
                0,
                List.of(FaultKind.ERROR_500_BEFORE),
                1,
                60_000,
                100,
                searchLagMs,
                seed,
                WebhookFaults.NONE,
                List.of());
    }

    Faults with(List<FaultRule> counted) {
        return new Faults(
                down,
                latencyMs,
                latencyJitterMs,
                errorRate,
                errorKind,
                retryAfterSeconds,
                hangMs,
                dripMs,
                searchLagMs,
                seed,
                webhooks,
                counted);
    }

    private static void requireTime(String field, int ms) {
        require(ms >= 0 && ms <= LONGEST_MS, field + " must be between 0 and " + LONGEST_MS);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
