package escale.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a due consumer reads and how much of it at a time.
 *
 * @param group the consumer group; also the consumer's name in logs and metrics
 * @param delays the topics, each with how long after its timestamp a record is due
 * @param inFlight how many records are handled at once
 * @param reserved how many of those only records of delay topics may take, so that a flood on the main topic never
 *     makes a due retry late
 * @param drain how long a revoked partition may take to finish what it began
 * @param gather how long the broker may let records gather before it hands them out
 */
public record Intake(
        String group, Map<String, Duration> delays, int inFlight, int reserved, Duration drain, Duration gather) {

    public Intake {
        delays = Map.copyOf(delays);
        if (reserved < 0 || reserved >= inFlight) {
            throw new IllegalArgumentException("Of " + inFlight + " permits " + reserved + " cannot be reserved");
        }
    }

    /** Topics without delay. */
    public static Intake of(String group, int inFlight, String... topics) {
        var delays = new HashMap<String, Duration>();
        for (var topic : topics) {
            delays.put(topic, Duration.ZERO);
        }
        return new Intake(group, delays, inFlight, 0, Duration.ofSeconds(10), Duration.ZERO);
    }

    /** The topic and the rungs of its ladder; a quarter of the permits is kept for retries that are due. */
    public static Intake withLadder(String group, int inFlight, String topic, RetryLadder ladder) {
        var delays = new HashMap<String, Duration>();
        delays.put(topic, Duration.ZERO);
        ladder.rungs().forEach(rung -> delays.put(rung.topic(), rung.delay()));
        return new Intake(group, delays, inFlight, inFlight / 4, Duration.ofSeconds(10), Duration.ZERO);
    }

    /** For what nobody waits for: many records at a time cost both sides much less than one by one. */
    public Intake gathering(Duration longest) {
        return new Intake(group, delays, inFlight, reserved, drain, longest);
    }
}
