package escale.drill.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** How long something took, for the last second and for the whole run; written by many threads, read by one. */
final class Latencies {
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(DIGITS);
    private final Histogram whole = new Histogram(DIGITS);
    private @Nullable Histogram second;

    void add(long nanos) {
        recorder.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos)));
    }

    /** Since the last call. */
    Quantiles second() {
        second = recorder.getIntervalHistogram(second);
        whole.add(second);
        return Quantiles.of(second);
    }

    /** Up to the last call of {@link #second}. */
    Quantiles whole() {
        return Quantiles.of(whole);
    }
}
