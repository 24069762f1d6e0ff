package escale.drill.world;

import java.time.Duration;

/** A queue is waited for as long as it gets shorter: a long one that moves is no fault. Time comes in as an argument. */
final class Draining {
    private final Duration standstill;
    private long least = Long.MAX_VALUE;
    private long deadline;

    Draining(Duration standstill) {
        this.standstill = standstill;
    }

    /** False when nothing is left, or no less than so long ago. */
    boolean lasts(long left, long now) {
        if (left < least) {
            least = left;
            deadline = now + standstill.toNanos();
        }
        return left > 0 && now - deadline < 0;
    }
}
