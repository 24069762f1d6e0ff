package escale.payment.redrive;

import java.time.Duration;

/** How much a redrive dares next: one letter, then ten, then a hundred at a time, and nothing more once too many fail. */
final class Pace {
    private static final int FIRST_BATCH = 1;
    private static final int GROWTH = 10;
    private static final int LARGEST_BATCH = 100;

    /** Longer than any ladder of attempts lasts: what is open then waits for something that a redrive cannot bring about. */
    private static final Duration BATCH_LASTS_AT_MOST = Duration.ofMinutes(10);

    private Pace() {}

    /**
     * How a redrive stands.
     *
     * @param rate letters that may be replayed in this step
     * @param stopAt percent of a batch that may fail
     * @param batch from 1; 0 before the first
     * @param size of this batch
     * @param begun how many of this batch have been replayed, or found to need no replay
     * @param skipped of those, where somebody else was first
     * @param failed of those
     * @param unheard of those, where nobody knows yet what came of it
     * @param age of this batch
     * @param toCome letters of no batch yet
     */
    record Standing(
            int rate,
            int stopAt,
            Health health,
            int batch,
            int size,
            int begun,
            int skipped,
            int failed,
            int unheard,
            Duration age,
            int toCome) {}

    /** Whether more calls would help anybody. */
    enum Health {
        WELL,
        BREAKER_OPEN,
        OUTAGE
    }

    sealed interface Move {
        /** So many letters are replayed now, as part of this batch. */
        record Replay(int batch, int size, int letters) implements Move {}

        /** The batch is still under way. */
        record Wait() implements Move {}

        record Finish() implements Move {}

        record Stop(Why why) implements Move {}
    }

    /** Why a redrive stopped by itself. */
    enum Why {
        TOO_MANY_FAILED,
        BREAKER_OPEN,
        OUTAGE,
        BATCH_OVERDUE
    }

    static Move next(Standing now) {
        if (tooManyFailed(now)) {
            return new Move.Stop(Why.TOO_MANY_FAILED);
        }
        if (now.toCome == 0) {
            return now.unheard == 0 ? new Move.Finish() : await(now); // there is nothing left to stop
        }
        return switch (now.health) {
            case OUTAGE -> new Move.Stop(Why.OUTAGE);
            case BREAKER_OPEN -> new Move.Stop(Why.BREAKER_OPEN);
            case WELL -> goOn(now);
        };
    }

    private static Move goOn(Standing now) {
        if (now.begun < now.size) {
            var rest = Math.min(now.size - now.begun, now.toCome);
            return new Move.Replay(now.batch, now.size, Math.min(rest, now.rate));
        }
        if (now.unheard > 0) {
            return await(now);
        }
        var size = Math.min(sizeAfter(now.size), now.toCome);
        return new Move.Replay(now.batch + 1, size, Math.min(size, now.rate));
    }

    private static Move await(Standing now) {
        return now.age.compareTo(BATCH_LASTS_AT_MOST) > 0 ? new Move.Stop(Why.BATCH_OVERDUE) : new Move.Wait();
    }

    /** Judged by the whole batch, and as soon as it is certain: what is still open cannot make failures fewer. */
    private static boolean tooManyFailed(Standing now) {
        return now.failed * 100L > now.stopAt * (long) (now.size - now.skipped);
    }

    private static int sizeAfter(int size) {
        return size == 0 ? FIRST_BATCH : Math.min(size * GROWTH, LARGEST_BATCH);
    }
}
