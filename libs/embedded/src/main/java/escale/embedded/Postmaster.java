package escale.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's first process, and the shell that guards it.
 *
 * <p>The shell starts the server, says so, and reads from us until our end of the pipe closes: because we want the
 * server stopped, or because we are no more. Then it stops the server. It ignores the Ctrl-C of a terminal, and
 * {@code pg_ctl} gives the server a session of its own, so that who started us decides the order in which things stop.
 */
final class Postmaster {
    private static final String GUARD = """
            trap '' INT TERM HUP
            bin=$1 data=$2 log=$3
            "$bin/pg_ctl" start --pgdata="$data" --log="$log" --wait --timeout=120 --silent </dev/null || exit 1
            echo started
            cat >/dev/null
            "$bin/pg_ctl" stop --pgdata="$data" --mode=fast --wait --timeout=60 --silent
            """;

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
        var guard = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new StringBuilder();
        var reader = new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.UTF_8));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals("started")) {
                var server = data.postmaster()
                        .orElseThrow(
                                () -> new StartFailure("PostgreSQL died as soon as it was up. " + log.lastWords()));
                return new Postmaster(guard, server);
            }
            said.append(line).append(' ');
        }
        throw new StartFailure("PostgreSQL did not start (" + said.toString().strip() + "). " + log.lastWords());
    }

    long pid() {
        return server.pid();
    }

    void stop(Duration deadline) {
        if (!runs(server)) {
            guard.destroyForcibly();
            return;
        }
        releaseGuard();
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

    private void releaseGuard() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            // Closing a pipe nobody reads any more: the guard is gone, which is what was wanted.
        }
    }
}
