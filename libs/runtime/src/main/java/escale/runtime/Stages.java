package escale.runtime;

import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a service up stage by stage, waiting in peace for what is not there yet, and down again in reverse. */
@Context
public final class Stages {
    private static final Logger log = LoggerFactory.getLogger(Stages.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final List<Stage> stages;
    private final Deque<Stage> started = new ArrayDeque<>();
    private volatile @Nullable String waitingFor = "start";
    private volatile boolean stopping;
    private @Nullable Thread climber;

    Stages(List<Stage> stages) {
        this.stages = stages.stream().sorted(Comparator.comparing(Stage::phase)).toList();
    }

    /** Begins the climb on a thread of its own, so that the probes answer meanwhile. */
    public synchronized void begin() {
        if (climber == null) {
            climber = Thread.ofVirtual().name("stages").start(this::climb);
        }
    }

    public boolean ready() {
        return waitingFor == null;
    }

    /** What still stands between this process and being ready; null once it is. */
    public @Nullable String waitingFor() {
        return waitingFor;
    }

    private void climb() {
        var begun = System.nanoTime();
        for (var stage : stages) {
            if (!startPatiently(stage)) {
                return;
            }
        }
        waitingFor = null;
        log.info(
                "Ready after {} ms", Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    /** False when the service was told to stop before the stage could start. */
    private boolean startPatiently(Stage stage) {
        var pause = FIRST_PAUSE;
        var said = "";
        while (!stopping) {
            try {
                waitingFor = stage.name();
                stage.start();
                synchronized (started) {
                    started.push(stage);
                }
                return true;
            } catch (Exception notYet) {
                var reason = reason(notYet);
                if (!reason.equals(said)) {
                    log.warn("Waiting for {}: {}", stage.name(), reason);
                    log.debug("Waiting for {}", stage.name(), notYet);
                    said = reason;
                }
                waitingFor = stage.name() + ": " + reason;
                if (!sleep(pause)) {
                    return false;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
        return false;
    }

    @PreDestroy
    public void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        waitingFor = "stop";
        var climbing = climber;
        if (climbing != null) {
            climbing.interrupt();
        }
        synchronized (started) {
            while (!started.isEmpty()) {
                stop(started.pop());
            }
        }
    }

    private static void stop(Stage stage) {
        try {
            stage.stop();
        } catch (Exception e) {
            log.warn("{} did not stop in order: {}", stage.name(), reason(e));
        }
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    /** The innermost message: what the network or the server said, not what each layer wrapped around it. */
    private static String reason(Throwable fault) {
        var inner = fault;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        var message = inner.getMessage();
        return message == null
                ? inner.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
