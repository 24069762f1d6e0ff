package escale.messaging;

import java.time.Duration;

/**
 * Below it nothing waits to be told, as far as this instance knows; reading begins there.
 *
 * <p>While a long transaction elsewhere keeps dead rows from being vacuumed, beginning at zero would walk over all of
 * them in each pass. The floor follows at least a second behind what was told, so that instances which commit at the
 * same time still see each other's rows in order. Time comes in as an argument.
 */
final class Floor {
    static final Duration LAG = Duration.ofSeconds(1);

    private long floor;
    private long next;
    private long nextSince;

    Floor(long now) {
        this.nextSince = now;
    }

    synchronized long current() {
        return floor;
    }

    /** This row is known to wait. It may be older than what was told: its transaction took longer to commit. */
    synchronized void lowerBelow(long id) {
        floor = Math.min(floor, id - 1);
        next = Math.min(next, id - 1);
    }

    /** All up to this row that could be seen has been told. */
    synchronized void reached(long id, long now) {
        if (now - nextSince >= LAG.toNanos()) {
            floor = next;
            next = Math.max(next, id);
            nextSince = now;
        }
    }
}
