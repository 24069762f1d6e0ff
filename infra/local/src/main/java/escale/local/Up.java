package escale.local;

import escale.local.control.ControlDoor;
import escale.local.supervision.CannotStart;
import escale.local.supervision.Part;
import escale.local.supervision.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Starts everything, and stays until it is told to leave. */
final class Up {
    private static final long LEAST_DISK = 1L << 30;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Place place;
    private final Ports ports;
    private final Clock clock;
    private final Consumer<String> show;
    private final CountDownLatch leave = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean left;

    Up(Place place, Ports ports, Clock clock, Consumer<String> show) {
        this.place = place;
        this.ports = ports;
        this.clock = clock;
        this.show = show;
    }

    int run(List<String> options) throws InterruptedException {
        var only = new HashSet<String>();
        var fresh = false;
        for (var i = 0; i < options.size(); i++) {
            switch (options.get(i)) {
                case "--fresh" -> fresh = true;
                case "--only" -> only.addAll(names(options, ++i));
                default ->
                    throw new CannotStart("up knows --detach, --fresh and --only a,b, not " + options.get(i) + ".");
            }
        }
        var caches = new StartCache(place.startCaches(), StartCache.Mode.USE);
        var roster = new Roster(place, ports, clock, caches);
        var parts = roster.only(only);
        place.prepare();
        try (var state = RunState.take(place, show)) {
            if (fresh) {
                place.wipe();
                place.prepare();
            }
            requireDisk();
            if (roster.programs().stream().noneMatch(each -> caches.isFresh(each.part(), each.jar()))) {
                show.accept("Starts take less than half the time after ./escale train (once after a build).");
            }
            run(parts, state);
        }
        return 0;
    }

    private static Set<String> names(List<String> options, int at) {
        if (at >= options.size()) {
            throw new CannotStart("--only needs names: ./escale up --only payment");
        }
        return Set.of(options.get(at).split(","));
    }

    private void run(List<Part> parts, RunState state) throws InterruptedException {
        try {
            MintToken.tokens(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var supervisor = new Supervisor(parts, clock, this::say, state::noteProcesses);
        var businessTime = new MoveClock(place, clock);
        var status = new Status(supervisor, clock.getZone(), businessTime);
        // The door is closed last: whoever said "down" waits for an answer.
        try (var door = ControlDoor.open(new ObeyOrders(
                        supervisor,
                        status,
                        new SwitchProvider(ports.providerControl()),
                        businessTime,
                        leave::countDown));
                supervisor) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor), "stop"));
            state.noteControl(door.port(), door.token());
            supervisor.start();
            var took = Duration.between(
                    ProcessHandle.current().info().startInstant().orElse(clock.instant()), clock.instant());
            status.started(took);
            new Welcome(ports, parts).lines(took).forEach(show);
            businessTime.moveTold().ifPresent(line -> show.accept(line + " ./escale clock reset puts it back."));
            started = true;
            tellReady();
            leave.await();
            show.accept("Stopping.");
        } finally {
            left = true;
        }
    }

    /** During the start the parts report line by line; what happens later is of interest with its time. */
    private void say(String line) {
        show.accept(started ? TIME.format(LocalTime.now(clock)) + " " + line : line);
    }

    /** Ctrl-C and SIGTERM. */
    private void stop(Supervisor supervisor) {
        if (!left) {
            show.accept("");
            show.accept("Stopping.");
        }
        supervisor.close();
    }

    private void tellReady() {
        try {
            Files.writeString(
                    place.run().resolve("ready"),
                    Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireDisk() {
        var free = place.home().toFile().getUsableSpace();
        if (free < LEAST_DISK) {
            throw new CannotStart(
                    "Only %d MB of disk are free at %s, and Escale needs 1024 MB: make room, or set ESCALE_HOME to another place."
                            .formatted(free >> 20, place.home()));
        }
    }
}
