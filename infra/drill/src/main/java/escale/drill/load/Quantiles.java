package escale.drill.load;

import org.HdrHistogram.Histogram;

/** Latencies of many, in milliseconds. */
public record Quantiles(long count, double p50, double p90, double p95, double p99, double p999, double max) {
    static Quantiles of(Histogram micros) {
        return new Quantiles(
                micros.getTotalCount(),
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getValueAtPercentile(90)),
                millis(micros.getValueAtPercentile(95)),
                millis(micros.getValueAtPercentile(99)),
                millis(micros.getValueAtPercentile(99.9)),
                millis(micros.getMaxValue()));
    }

    private static double millis(long micros) {
        return micros / 1000.0;
    }
}
