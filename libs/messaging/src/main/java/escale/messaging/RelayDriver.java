package escale.messaging;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the passes of one shard: at once when woken, again while there is more, patiently while the broker is away. */
final class RelayDriver {
    private static final Logger log = LoggerFactory.getLogger(RelayDriver.class);
    private static final Duration LOCKED_PAUSE = Duration.ofMillis(3);
    private static final Duration FIRST_FAILURE_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_FAILURE_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(10);

    private final RelayShard shard;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    RelayDriver(RelayShard shard) {
        this.shard = shard;
    }

    void start() {
        running = true;
        thread = Thread.ofVirtual().name("relay").start(this::drive);
    }

    void wake(long id) {
        shard.waiting(id);
        wake.release();
    }

    long floor() {
        return shard.floor();
    }

    void flushAndStop() throws InterruptedException {
        running = false;
        wake.release();
        var driving = thread;
        if (driving != null && !driving.join(LONGEST_FLUSH)) {
            driving.interrupt();
        }
    }

    private void drive() {
        try {
            boolean last;
            do {
                wake.acquire();
                wake.drainPermits();
                last = !running;
                tellUntilEmpty();
            } while (!last);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellUntilEmpty() throws InterruptedException {
        var failures = 0;
        while (true) {
            try {
                switch (shard.pass()) {
                    case EMPTY, TOLD -> {
                        return;
                    }
                    case MORE -> failures = 0;
                    case LOCKED -> Thread.sleep(LOCKED_PAUSE);
                }
            } catch (RuntimeException away) {
                if (++failures == 1) {
                    log.warn("Events wait in the outbox: {}", away.getMessage());
                }
                Thread.sleep(pauseAfter(failures));
            }
        }
    }

    private static Duration pauseAfter(int failures) {
        var pause = FIRST_FAILURE_PAUSE.multipliedBy(1L << Math.min(failures - 1, 5));
        return pause.compareTo(LONGEST_FAILURE_PAUSE) < 0 ? pause : LONGEST_FAILURE_PAUSE;
    }
}
