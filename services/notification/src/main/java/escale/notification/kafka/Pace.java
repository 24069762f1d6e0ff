package escale.notification.kafka;

import java.time.Duration;

/** Nobody waits for a mail in milliseconds, so events may come as they gather: one by one they cost several times as much. */
final class Pace {
    static final Duration UNHURRIED = Duration.ofMillis(100);

    private Pace() {}
}
