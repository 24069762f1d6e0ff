package escale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    /** A program that starts PostgreSQL and, unless told otherwise, Kafka, names their processes and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            var directory = Path.of(arguments[0]);
            var postgres = PostgresServer.start(PostgresServer.Settings.throwaway(directory.resolve("postgresql")));
            if (arguments.length == 1) {
                var kafka = KafkaBroker.start(KafkaBroker.Settings.small(directory.resolve("kafka")));
                System.out.println(postgres.pid() + " " + kafka.pid());
            }
            Thread.currentThread().join();
        }
    }

    @Test
    void a_ctrl_c_reaches_only_the_parent_and_no_server_outlives_a_killed_parent() throws Exception {
        var parent = startParent("killed");
        var servers = Arrays.stream(parent.inputReader().readLine().split(" "))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();

        var kafka = servers.getLast();
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(kafka.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(kafka.onExit().isDone()).isFalse();
        parent.destroyForcibly();

        await().atMost(PATIENCE).until(() -> servers.stream().noneMatch(OrphanIT::runs));
    }

    @Test
    void a_server_that_is_still_starting_when_its_parent_is_killed_ends_too() throws Exception {
        var parent = startParent("young", "without Kafka");
        var data = new PostgresData(directory.resolve("young/postgresql"));
        await().pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .ignoreException(NoSuchFileException.class) // a note is looked for and read, and may go in between
                .until(() -> data.postmaster().isPresent());

        parent.destroyForcibly();

        await().atMost(PATIENCE)
                .ignoreException(NoSuchFileException.class)
                .until(() -> data.postmaster().isEmpty());
    }

    private static Process startParent(String name, String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                directory.resolve(name).toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
