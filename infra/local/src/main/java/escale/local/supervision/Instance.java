package escale.local.supervision;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One running instance of a part: brought back when it dies unasked, and given orders one after the other. */
public final class Instance {
    public enum State {
        WAITING,
        STARTING,
        READY,
        PAUSED,
        DEAD,
        STOPPED
    }

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
    /** Who lived that long did not die of the way it was started. */
    private static final Duration HEALTHY = Duration.ofSeconds(10);

    private final String name;
    private final Part part;
    private final int number;
    private final Server server;
    private final InstantSource clock;
    private final Consumer<String> say;
    private final Runnable begun;
    private final ReentrantLock turn = new ReentrantLock();

    private volatile State state = State.WAITING;
    private volatile boolean wanted = true;
    private volatile @Nullable Instant since;
    private volatile Duration took = Duration.ZERO;
    private final AtomicInteger revivals = new AtomicInteger();
    private @Nullable Thread keeper;

    Instance(Part part, int number, InstantSource clock, Consumer<String> say, Runnable begun) {
        this.part = part;
        this.number = number;
        this.name = part.scalable() ? part.name() + "#" + number : part.name();
        this.server = part.server().apply(number);
        this.clock = clock;
        this.say = say;
        this.begun = begun;
    }

    /** The first start: fails when it does not come up, and from then on it is kept running. */
    public void start() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            wanted = true;
            begin();
            if (keeper == null) {
                keeper = Thread.ofVirtual().name("keeper of " + name).start(this::keep);
            }
        } finally {
            turn.unlock();
        }
    }

    private void begin() throws InterruptedException {
        state = State.STARTING;
        var started = System.nanoTime();
        try {
            server.start();
        } catch (CannotStart | InterruptedException e) {
            state = State.DEAD;
            throw e;
        }
        took = Duration.ofNanos(System.nanoTime() - started);
        since = clock.instant();
        state = State.READY;
        begun.run();
    }

    private void keep() {
        var pause = SHORTEST_PAUSE;
        try {
            while (true) {
                Thread.sleep(LOOK);
                if (diedUnasked()) {
                    pause = livedLong() ? SHORTEST_PAUSE : longer(pause);
                    revive(pause);
                }
            }
        } catch (InterruptedException e) {
            // told to let it go
        }
    }

    private boolean diedUnasked() {
        turn.lock();
        try {
            var died = wanted && (state == State.READY || state == State.PAUSED) && !server.running();
            if (died) {
                state = State.DEAD;
            }
            return died;
        } finally {
            turn.unlock();
        }
    }

    private boolean livedLong() {
        var start = since;
        return start != null && Duration.between(start, clock.instant()).compareTo(HEALTHY) > 0;
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void revive(Duration firstPause) throws InterruptedException {
        var pause = firstPause;
        var reason = server.end();
        while (wanted) {
            say.accept("%s %s; starting it again in %s".formatted(name, reason, Seconds.of(pause)));
            Thread.sleep(pause);
            turn.lockInterruptibly();
            try {
                if (!wanted || state != State.DEAD) {
                    return;
                }
                begin();
                revivals.incrementAndGet();
                say.accept("%s is back after %s (process %s)".formatted(name, Seconds.of(took), pid()));
                return;
            } catch (CannotStart e) {
                reason = "did not start: " + e.getMessage();
            } finally {
                turn.unlock();
            }
            pause = longer(pause);
        }
    }

    /** Ends it well, for good unless it is started again. */
    public void stop() {
        wanted = false;
        turn.lock();
        try {
            Signal.CONTINUE.send(server);
            server.stop();
            state = State.STOPPED;
        } finally {
            turn.unlock();
        }
    }

    /** The supervisor leaves: nobody keeps it any more. */
    void letGo() {
        wanted = false;
        turn.lock();
        try {
            if (keeper != null) {
                keeper.interrupt();
            }
        } finally {
            turn.unlock();
        }
        stop();
    }

    /** With a failpoint, if one is given. It may come to it while it starts; whoever brings it back does so without. */
    public void restart(@Nullable String failpoint) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            arm(failpoint);
            Signal.CONTINUE.send(server);
            server.stop();
            wanted = true;
            beginAtLast(failpoint);
        } finally {
            turn.unlock();
        }
    }

    private void beginAtLast(@Nullable String failpoint) throws InterruptedException {
        try {
            begin();
        } catch (CannotStart early) {
            var end = server.end();
            if (failpoint != null) {
                say.accept("%s %s as it started; starting it again".formatted(name, end));
                begin();
            }
            if (!end.equals(Server.HALTED)) {
                throw early;
            }
        }
    }

    /** As a power cut would; its keeper brings it back, with a failpoint if one is given. */
    public void kill(@Nullable String failpoint) {
        turn.lock();
        try {
            arm(failpoint);
            server.kill();
        } finally {
            turn.unlock();
        }
    }

    private void arm(@Nullable String failpoint) {
        if (failpoint == null) {
            return;
        }
        if (!part.scalable()) {
            throw new CannotStart(name + " has no failpoints: only services have.");
        }
        server.arm(failpoint);
    }

    /** Returns when it answers, for instance again after it was killed. */
    public void awaitReady() throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (state != State.READY || !server.running()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStart(name + " was not ready within " + LONGEST_WAIT.toSeconds() + " s.");
            }
            Thread.sleep(LOOK);
        }
    }

    public boolean pause() {
        return freeze(State.READY, Signal.STOP, State.PAUSED);
    }

    public boolean resume() {
        return freeze(State.PAUSED, Signal.CONTINUE, State.READY);
    }

    private boolean freeze(State from, Signal signal, State to) {
        turn.lock();
        try {
            if (state != from) {
                return false;
            }
            signal.send(server);
            state = to;
            return true;
        } finally {
            turn.unlock();
        }
    }

    public String name() {
        return name;
    }

    public Part part() {
        return part;
    }

    public int number() {
        return number;
    }

    public Server server() {
        return server;
    }

    public State state() {
        return state;
    }

    public @Nullable Instant since() {
        return since;
    }

    public Duration took() {
        return took;
    }

    public int revivals() {
        return revivals.get();
    }

    /** Of the process that runs, or a dash. */
    public String pid() {
        return server.running()
                ? server.process().map(process -> Long.toString(process.pid())).orElse("-")
                : "-";
    }
}
