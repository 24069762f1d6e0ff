package escale.local.supervision;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Seconds {
    private Seconds() {}

    public static String of(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    public static String since(long nanoTime) {
        return of(Duration.ofNanos(System.nanoTime() - nanoTime));
    }
}
