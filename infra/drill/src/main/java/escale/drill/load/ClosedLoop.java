package escale.drill.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** So many bookings under way at any time, the next one when one has ended: finds the ceiling, and says nothing about latency. */
final class ClosedLoop implements Pace {
    private final Semaphore free;
    private final long count;
    private final Duration time;
    private final AtomicLong taken = new AtomicLong();
    private volatile long end;

    ClosedLoop(int inFlight, long count, Duration time) {
        this.free = new Semaphore(inFlight);
        this.count = count;
        this.time = time;
    }

    @Override
    public void begin(long now) {
        end = now + time.toNanos();
    }

    @Override
    public @Nullable Turn next() throws InterruptedException {
        var left = end - System.nanoTime();
        if (left <= 0 || !free.tryAcquire(left, TimeUnit.NANOSECONDS)) {
            return null;
        }
        var now = System.nanoTime();
        var index = taken.getAndIncrement();
        if (index < count && now - end < 0) {
            return new Turn(index, now);
        }
        free.release(); // whoever waits for it shall see the end too
        return null;
    }

    @Override
    public void stop() {
        end = System.nanoTime();
        free.release();
    }

    @Override
    public void ended() {
        free.release();
    }
}
