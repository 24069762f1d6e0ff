package escale.local;

import escale.local.supervision.CannotStart;
import escale.local.supervision.Seconds;
import escale.local.supervision.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Starts everything once in a place of its own, has it take bookings for a while, and makes of what the JVMs noted the
 * caches of later starts.
 */
final class TrainStartCaches {
    private static final int FIRST_OFFSET = 2_000;
    private static final int STEP = 1_000;
    private static final int TRIES = 20;

    private final Place place;
    private final Clock clock;
    private final Consumer<String> show;

    TrainStartCaches(Place place, Clock clock, Consumer<String> show) {
        this.place = place;
        this.clock = clock;
        this.show = show;
    }

    /** Nothing depends on it: when it does not work, starts are as slow as before. */
    int run() throws InterruptedException, IOException {
        show.accept(
                "Training the start caches: everything is started once and takes some bookings, which takes about two minutes.");
        var begun = System.nanoTime();
        var caches = new StartCache(place.startCaches(), StartCache.Mode.RECORD);
        Place.delete(caches.folder());
        Files.createDirectories(caches.folder());
        var gym = new Place(place.root(), place.home().resolve("training"));
        Place.delete(gym.home());
        gym.prepare();
        var tokens = MintToken.tokens(gym);
        var ports = freePorts();
        var roster = new Roster(gym, ports, clock, caches);
        try (var supervisor = new Supervisor(roster.only(Set.of()), clock, _ -> {}, _ -> {})) {
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "stop"));
            supervisor.start();
            new PracticeBookings(URI.create("http://localhost:" + ports.booking()), tokens).run();
        } catch (CannotStart e) {
            show.accept("No start caches: " + e.getMessage());
            return 0;
        } finally {
            Place.delete(gym.home());
        }
        var size = 0L;
        for (var program : roster.programs()) {
            size += assemble(program, caches);
        }
        show.accept("Trained in %s; the caches take %d MB in %s."
                .formatted(Seconds.since(begun), size >> 20, caches.folder()));
        return 0;
    }

    private static Ports freePorts() {
        return IntStream.range(0, TRIES)
                .mapToObj(each -> new Ports(FIRST_OFFSET + each * STEP))
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow(() -> new CannotStart("There are no free ports to train on."));
    }

    /** Returns the size of the cache, which appears by one rename. */
    private long assemble(Roster.ProgramFile program, StartCache caches) throws IOException, InterruptedException {
        var recording = caches.recording(program.part());
        if (!Files.exists(recording)) {
            show.accept("No start cache for " + program.part() + ": it ended without a recording.");
            return 0;
        }
        var half = caches.folder().resolve(program.part() + ".half");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaOptions.of(256));
        command.addAll(List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + recording,
                "-XX:AOTCache=" + half,
                "-cp",
                program.jar().toString()));
        var log = place.log("training-" + program.part());
        Files.createDirectories(log.getParent());
        var assembly = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assembly.getOutputStream().close();
        var done = assembly.waitFor() == 0 && Files.exists(half);
        Files.delete(recording);
        if (!done) {
            show.accept("No start cache for " + program.part() + ": " + log + " says why.");
            return 0;
        }
        Files.move(half, caches.file(program.part()), StandardCopyOption.ATOMIC_MOVE);
        return Files.size(caches.file(program.part()));
    }
}
