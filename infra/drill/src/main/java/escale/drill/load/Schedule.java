package escale.drill.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When each booking of an open loop is due, whatever became of those before it. */
record Schedule(double perSecond, long count) {
    Schedule {
        if (!(perSecond > 0) || count < 0) {
            throw new IllegalArgumentException("A rate is above 0, and a count is not below");
        }
    }

    static Schedule lasting(double perSecond, Duration time) {
        return new Schedule(perSecond, Math.round(perSecond * time.toNanos() / 1e9));
    }

    /** In nanoseconds from the start. */
    long dueAfter(long index) {
        return Math.round(index * (TimeUnit.SECONDS.toNanos(1) / perSecond));
    }
}
