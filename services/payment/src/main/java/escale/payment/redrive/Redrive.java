package escale.payment.redrive;

import escale.runtime.Trace;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One redrive, and how far it has come.
 *
 * @param wanted the filter, in words
 * @param rate replays per second, at most
 * @param stopAt percent of a batch that may fail
 * @param letters chosen when it was started
 * @param why it stopped, or who cancelled it
 * @param batch the present one, from 1; 0 before the first
 * @param batchSize how many letters it takes
 * @param unheard replayed, and nobody knows yet what came of it
 * @param outcomes how many letters came to what
 * @param causes why letters failed again
 */
public record Redrive(
        UUID id,
        String operator,
        String note,
        String wanted,
        int rate,
        int stopAt,
        int letters,
        State state,
        @Nullable String why,
        int batch,
        int batchSize,
        int unheard,
        @Nullable String steppedBy,
        Trace trace,
        Instant startedAt,
        @Nullable Instant endedAt,
        Map<Outcome, Integer> outcomes,
        Map<String, Integer> causes) {

    /** Where it stands. */
    public enum State {
        RUNNING,
        /** Every letter has been tried again. */
        DONE,
        /** By itself; what is left waits for people as before. */
        STOPPED,
        CANCELLED
    }

    /** What came of trying one letter again. */
    public enum Outcome {
        PAID,
        DECLINED,
        ACTION_REQUIRED,
        CANCELLED,
        REFUNDED,
        /** A record that could not be read before, and has not come back as a case. */
        PUT_BACK,
        FAILED,
        /** Somebody else was first. */
        SKIPPED;

        boolean isSettled() {
            return switch (this) {
                case PAID, DECLINED, ACTION_REQUIRED, CANCELLED, REFUNDED, PUT_BACK -> true;
                case FAILED, SKIPPED -> false;
            };
        }
    }

    public int settled() {
        return outcomes.entrySet().stream()
                .filter(each -> each.getKey().isSettled())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    public int failed() {
        return outcomes.getOrDefault(Outcome.FAILED, 0);
    }

    public int skipped() {
        return outcomes.getOrDefault(Outcome.SKIPPED, 0);
    }

    /** Not tried yet, and not tried at all once it has ended. */
    public int left() {
        return letters - settled() - failed() - skipped() - unheard;
    }
}
