package escale.local.supervision;

import escale.embedded.ServerLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Java program of ours in a process of its own, ready when its probe says so. */
public final class Program implements Server {
    private static final Duration START = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 25;

    /** Flyway, where a migration that already ran has changed since, as happens before a first release. */
    private static final String OTHER_SCHEMA = "Migrations have failed validation";

    /** How libs/runtime ends a process at its failpoint. */
    private static final int HALTED_AT_FAILPOINT = 86;

    /** Deaf to a terminal's Ctrl-C, so that the supervisor decides the order in which things stop. */
    private static final List<String> DEAF = List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "escale");

    private static final List<String> LAST_IN_LINE = List.of("nice", "-n", "10");

    /**
     * How to run it.
     *
     * @param java what follows {@code java} on the command line
     * @param ports it listens on, the one people use first
     * @param probe answers 200 as soon as it is ready
     * @param stop how long it may take to end well
     * @param yields whether others go first where processors are few, because nobody waits for what it does
     */
    public record Launch(
            String name,
            List<String> java,
            Map<String, String> environment,
            List<Integer> ports,
            Probe probe,
            Duration stop,
            boolean yields,
            Path log) {}

    private final Launch launch;
    private volatile @Nullable Process process;
    private @Nullable String failpoint;

    public Program(Launch launch) {
        this.launch = launch;
    }

    @Override
    public void start() throws InterruptedException {
        Port.requireFree(launch.ports(), launch.name());
        var log = new ServerLog(launch.log());
        var started = spawn();
        process = started;
        var deadline = System.nanoTime() + START.toNanos();
        while (!launch.probe().ready()) {
            if (started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new CannotStart(launch.name() + " " + end() + " as it started. " + log.lastWords());
            }
            if (log.says(OTHER_SCHEMA)) {
                kill();
                throw new CannotStart("The data of " + launch.name()
                        + " was written by another version of it: ./escale up --fresh forgets it and starts anew.");
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new CannotStart(
                        launch.name() + " was not ready within " + START.toSeconds() + " s. " + log.lastWords());
            }
        }
    }

    private Process spawn() {
        var command = new ArrayList<>(DEAF);
        if (launch.yields()) {
            command.addAll(LAST_IN_LINE);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launch.java());
        try {
            Files.createDirectories(launch.log().getParent());
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
            builder.environment().putAll(launch.environment());
            if (failpoint != null) {
                builder.environment().put("ESCALE_FAILPOINT", failpoint);
                failpoint = null;
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void arm(String next) {
        failpoint = next;
    }

    /** As Kubernetes would; {@link Process#destroy} would also close our end of its pipe. */
    @Override
    public void stop() {
        var known = process;
        if (known == null) {
            return;
        }
        known.toHandle().destroy();
        if (!ended(known)) {
            kill();
        }
    }

    @Override
    public void kill() {
        var known = process;
        if (known != null) {
            known.destroyForcibly();
            ended(known);
        }
    }

    private boolean ended(Process process) {
        try {
            return process.waitFor(launch.stop());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean running() {
        var known = process;
        return known != null && known.isAlive();
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).map(Process::toHandle);
    }

    @Override
    public String end() {
        var known = process;
        if (known == null || known.isAlive()) {
            return "runs";
        }
        return switch (known.exitValue()) {
            case 137 -> "was killed (SIGKILL)";
            case 143 -> "was stopped (SIGTERM)";
            case 3 -> "ran out of memory";
            case HALTED_AT_FAILPOINT -> HALTED;
            default -> "ended with exit code " + known.exitValue();
        };
    }

    @Override
    public List<Integer> ports() {
        return launch.ports();
    }

    @Override
    public Path log() {
        return launch.log();
    }
}
