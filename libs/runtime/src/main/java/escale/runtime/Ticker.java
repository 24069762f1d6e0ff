package escale.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done again and again while the service is up; a round that fails is only a round. */
public final class Ticker implements Stage {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final Duration LAST_ROUND = Duration.ofSeconds(10);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private volatile boolean running;
    private @Nullable Thread thread;

    public Ticker(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
    }

    @Override
    public Phase phase() {
        return Phase.CONSUMERS;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name(name).start(this::tick);
    }

    /** Between two rounds at once; a round under way may finish. */
    @Override
    public void stop() throws InterruptedException {
        var ticking = thread;
        synchronized (this) {
            running = false;
            notifyAll();
        }
        if (ticking != null) {
            ticking.join(LAST_ROUND);
        }
    }

    private void tick() {
        var failing = false;
        while (pause()) {
            try {
                work.run();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    log.warn("{} failed, goes on: {}", name, e.getMessage(), e);
                }
                failing = true;
            }
        }
    }

    /** False when there is to be no further round. */
    private synchronized boolean pause() {
        var end = System.nanoTime() + every.toNanos();
        try {
            for (var left = every.toMillis(); running && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException stop) {
            return false;
        }
        return running;
    }
}
