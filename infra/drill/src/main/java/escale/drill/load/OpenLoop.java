package escale.drill.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bookings come when they come, like travellers. If all connections are busy when one is due, its time runs already: so a
 * system that stalls is charged for everybody who would have come meanwhile.
 */
final class OpenLoop implements Pace {
    private final Schedule schedule;
    private final AtomicLong taken = new AtomicLong();
    private volatile long start;
    private volatile boolean stopped;

    OpenLoop(Schedule schedule) {
        this.schedule = schedule;
    }

    @Override
    public void begin(long now) {
        start = now;
    }

    @Override
    public @Nullable Turn next() throws InterruptedException {
        var index = taken.getAndIncrement();
        if (index >= schedule.count() || stopped) {
            return null;
        }
        var due = start + schedule.dueAfter(index);
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
        return stopped ? null : new Turn(index, due);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void ended() {
        // Who comes next does not wait for anybody.
    }
}
