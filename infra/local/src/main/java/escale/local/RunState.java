package escale.local;

import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * What commands know about the supervisor that runs: how to speak to it, and which processes it has. The lock is the
 * truth about whether it runs, for the kernel frees it however the supervisor ends; the files may be stale.
 */
final class RunState implements AutoCloseable {
    private static final Duration LAST_BREATH = Duration.ofSeconds(15);

    /** Where the supervisor listens, and the word that lets one in. */
    record Control(long pid, int port, String token) {}

    private final Path folder;
    private final FileChannel channel;

    private RunState(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Takes the place for a new supervisor, and waits for what a killed one may have left behind. */
    static RunState take(Place place, Consumer<String> say) throws InterruptedException {
        try {
            var channel =
                    FileChannel.open(place.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @SuppressWarnings("unused") // held until the channel is closed
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new CannotStart(
                        "Escale is already running here%s: ./escale status shows it, ./escale down stops it."
                                .formatted(control(place)
                                        .map(control -> " (process " + control.pid() + ")")
                                        .orElse("")));
            }
            var state = new RunState(place.run(), channel);
            state.buryTheLast(say);
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How to speak to the supervisor, unless none has left its address. */
    static Optional<Control> control(Place place) {
        var file = place.run().resolve("control.properties");
        try (var reader = Files.newBufferedReader(file)) {
            var properties = new Properties();
            properties.load(reader);
            return Optional.of(new Control(
                    Long.parseLong(properties.getProperty("pid")),
                    Integer.parseInt(properties.getProperty("port")),
                    properties.getProperty("token")));
        } catch (IOException | NumberFormatException nothingToReadThere) {
            return Optional.empty();
        }
    }

    private void buryTheLast(Consumer<String> say) throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve("control.properties"));
        Files.deleteIfExists(folder.resolve("ready"));
        var left = leftovers(folder);
        if (!left.isEmpty()) {
            say.accept("The last run was killed; waiting for the end of its %d processes.".formatted(left.size()));
        }
        var deadline = System.nanoTime() + LAST_BREATH.toNanos();
        for (var process : left) {
            while (process.isAlive()) {
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                }
                Thread.sleep(50);
            }
        }
        Files.deleteIfExists(folder.resolve("processes"));
    }

    /** Processes of a supervisor that was killed, which may still be ending. */
    static List<ProcessHandle> leftovers(Place place) throws IOException {
        return leftovers(place.run());
    }

    private static List<ProcessHandle> leftovers(Path folder) throws IOException {
        var file = folder.resolve("processes");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .flatMap(line -> alive(line).stream())
                        .toList()
                : List.of();
    }

    /** A process id may since have gone to another program; with the time of its start it cannot. */
    private static Optional<ProcessHandle> alive(String line) {
        var words = line.split(" ", 2);
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant().equals(Optional.of(Instant.parse(words[1]))));
    }

    void noteControl(int port, String token) {
        var text =
                "pid=%d%nport=%d%ntoken=%s%n".formatted(ProcessHandle.current().pid(), port, token);
        replace("control.properties", text);
    }

    synchronized void noteProcesses(List<ProcessHandle> processes) {
        var lines = new StringBuilder();
        for (var process : processes) {
            process.info()
                    .startInstant()
                    .ifPresent(start -> lines.append(process.pid())
                            .append(' ')
                            .append(start)
                            .append('\n'));
        }
        replace("processes", lines.toString());
    }

    /** Only this user may read it, and nobody reads half of it. */
    private void replace(String name, String text) {
        try {
            var half = folder.resolve(name + ".part");
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, text);
            Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A supervisor that ends in order leaves no trace. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve("control.properties"));
            Files.deleteIfExists(folder.resolve("ready"));
            Files.deleteIfExists(folder.resolve("processes"));
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
