package escale.messaging;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the passes: at once when woken, again while there is more, patiently while the broker is away. */
final class RelayDriver {
    private static final Logger log = LoggerFactory.getLogger(RelayDriver.class);
    /** A pass takes a few milliseconds, so the lock is soon free; unless its holder waits for a broker that is away. */
    private static final Pauses LOCKED = new Pauses(Duration.ofMillis(2), Duration.ofMillis(64));

    private static final Pauses FAILED = new Pauses(Duration.ofMillis(50), Duration.ofSeconds(1));

    private final RelayPass pass;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running = true;
    private @Nullable Thread thread;

    /** Each twice as long as the one before it. */
    private record Pauses(Duration first, Duration longest) {
        Duration after(int times) {
            var pause = first.multipliedBy(1L << Math.min(times - 1, 20));
            return pause.compareTo(longest) < 0 ? pause : longest;
        }
    }

    RelayDriver(RelayPass pass) {
        this.pass = pass;
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("relay").start(this::drive);
    }

    void wake(long id) {
        pass.waiting(id);
        wake.release();
    }

    long floor() {
        return pass.floor();
    }

    /** Once more, then no more. */
    void stop() {
        running = false;
        wake.release();
    }

    /** False when there was something left to tell and no way to tell it. */
    boolean awaitStop(Duration longest) throws InterruptedException {
        var driving = thread;
        if (driving == null || driving.join(longest)) {
            return true;
        }
        driving.interrupt();
        return false;
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
        var locked = 0;
        while (true) {
            try {
                var outcome = pass.make();
                if (failures > 0 && outcome != RelayPass.Outcome.LOCKED) {
                    log.info("Events are told again, after {} tries", failures);
                    failures = 0;
                }
                switch (outcome) {
                    case EMPTY, TOLD -> {
                        return;
                    }
                    case MORE -> locked = 0;
                    case LOCKED -> Thread.sleep(LOCKED.after(++locked));
                }
            } catch (RuntimeException
                    | Error away) { // an Error too: nobody else would tell that the relay stands still
                if (++failures == 1) {
                    log.warn("Events wait in the outbox: {}", away.toString());
                }
                Thread.sleep(FAILED.after(failures));
            }
        }
    }
}
