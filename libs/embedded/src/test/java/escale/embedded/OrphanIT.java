package escale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanIT {
    @TempDir
    static Path directory;

    /** A program that starts both servers, names their processes and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            var directory = Path.of(arguments[0]);
            var postgres = PostgresServer.start(PostgresServer.Settings.throwaway(directory.resolve("postgresql")));
            var kafka = KafkaBroker.start(KafkaBroker.Settings.small(directory.resolve("kafka")));
            System.out.println(postgres.pid() + " " + kafka.pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void a_ctrl_c_reaches_only_the_parent_and_no_server_outlives_a_killed_parent() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var parent = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var servers = Arrays.stream(parent.inputReader().readLine().split(" "))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();

        var kafka = servers.getLast();
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(kafka.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(kafka.onExit().isDone()).isFalse();
        parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(20)).until(() -> servers.stream().noneMatch(OrphanIT::runs));
    }

    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
