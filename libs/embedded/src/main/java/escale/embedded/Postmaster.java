package escale.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's first process, and the shell that guards it.
 *
 * <p>The shell starts the server, says so, and reads from us until our end of the pipe closes: because we want the
 * server stopped, or because we are no more, even if we died while it was starting. Then it stops the server. It
 * ignores the Ctrl-C of a terminal, and {@code pg_ctl} gives the server a session of its own, so that who started us
 * decides the order in which things stop.
 */
final class Postmaster {
    private static final String STARTED = "started";
    private static final String GUARD = """
            trap '' INT TERM HUP PIPE
            bin=$1 data=$2 log=$3
            "$bin/pg_ctl" start --pgdata="$data" --log="$log" --wait --timeout=600 --silent </dev/null || exit 1
            echo started
            cat >/dev/null
            "$bin/pg_ctl" stop --pgdata="$data" --mode=fast --wait --timeout=60 --silent
            """;
    /** Longer than the time-out above; that is for replaying what a crash left behind, a failure shows at once. */
    private static final Duration START = Duration.ofSeconds(610);

    private final Process guard;
    private final ProcessHandle server;

    private Postmaster(Process guard, ProcessHandle server) {
        this.guard = guard;
        this.server = server;
    }

    static Postmaster launch(List<String> unprivileged, PostgresBinaries binaries, PostgresData data, ServerLog log)
            throws IOException {
        var command = new ArrayList<>(unprivileged);
        command.addAll(List.of("sh", "-c", GUARD, "escale-postgresql"));
        Stream.of(binaries.bin(), data.directory(), log.file())
                .map(Object::toString)
                .forEach(command::add);
        var guard = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
                .start();
        if (!Child.announces(guard, STARTED, START)) {
            Child.release(guard);
            throw new StartFailure("PostgreSQL did not start on " + data.directory() + ". " + log.lastWords());
        }
        var server = data.postmaster();
        if (server.isEmpty()) {
            Child.release(guard);
            throw new StartFailure("PostgreSQL died as soon as it was up. " + log.lastWords());
        }
        return new Postmaster(guard, server.get());
    }

    long pid() {
        return server.pid();
    }

    boolean running() {
        return runs(server);
    }

    void stop(Duration deadline) {
        if (!runs(server)) {
            guard.destroyForcibly();
            return;
        }
        Child.release(guard);
        if (!Child.ended(guard, deadline)) {
            kill(deadline);
        }
    }

    void kill(Duration deadline) {
        // Its children follow it by themselves; until the last has gone the next server would refuse the data.
        var family = Stream.concat(Stream.of(server), server.descendants()).toList();
        guard.destroyForcibly();
        server.destroyForcibly();
        if (!Child.becomesTrue(() -> family.stream().noneMatch(Postmaster::runs), deadline)) {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Dead processes stay in the table until their parent asks for them, which in a container may be never. */
    static boolean runs(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
    }
}
