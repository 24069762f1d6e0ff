package escale.drill.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a load came to.
 *
 * @param sent bookings that were wanted, each counted once however many requests it took
 * @param repeated further requests under the same key, after no answer or a 503
 * @param sendingSeconds from the start to the last answer
 * @param confirmedAfterSeconds from the start to the last confirmation
 * @param late between when a booking was due and when its first request left, waiting for a connection or this machine
 * @param clientCpuSeconds what the load generator itself took from the machine
 * @param unsettledIds some of those that were accepted and never settled
 */
public record Outcome(
        long sent,
        long accepted,
        long refused,
        long unanswered,
        long repeated,
        Map<String, Long> refusals,
        Map<Ending, Long> endings,
        long deadLetters,
        long failedAttempts,
        double sendingSeconds,
        double confirmedAfterSeconds,
        Quantiles accept,
        Quantiles confirm,
        Quantiles late,
        double clientCpuSeconds,
        int unsettled,
        List<UUID> unsettledIds,
        List<Second> seconds) {

    @JsonProperty
    public long confirmed() {
        return endings.getOrDefault(Ending.CONFIRMED, 0L);
    }

    @JsonProperty
    public double acceptedPerSecond() {
        return sendingSeconds == 0 ? 0 : accepted / sendingSeconds;
    }

    /** Over everything from the first booking due to the last confirmation, start and end included. */
    @JsonProperty
    public double confirmedPerSecond() {
        return confirmedAfterSeconds == 0 ? 0 : confirmed() / confirmedAfterSeconds;
    }

    /** The second in the middle, of those in which bookings were sent: what was kept up, without start and end. */
    @JsonProperty
    public long medianSecondConfirmed() {
        var busy = seconds.stream()
                .filter(each -> each.sent() > 0)
                .mapToLong(Second::confirmed)
                .sorted()
                .toArray();
        return busy.length == 0 ? 0 : busy[busy.length / 2];
    }
}
