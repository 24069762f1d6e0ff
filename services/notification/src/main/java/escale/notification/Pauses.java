package escale.notification;

import java.time.Duration;

/** How long to wait before the next try: each time twice as long, up to a limit. */
record Pauses(Duration first, Duration longest) {
    Duration after(int failures) {
        var pause = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
