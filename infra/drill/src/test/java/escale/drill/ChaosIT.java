package escale.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole system as everybody starts it, and the drill as everybody plays it, each time from another seed. A run that
 * fails has said its seed, and its logs stay in {@code target/chaos/logs}.
 */
class ChaosIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path HOME = Path.of("target/chaos").toAbsolutePath();
    private static final Path LAUNCHER = ROOT.resolve("infra/local/target/local.jar");
    private static final Path DRILL = ROOT.resolve("infra/drill/target/drill.jar");
    private static final List<Path> PROGRAMS = List.of(
            LAUNCHER,
            DRILL,
            ROOT.resolve("services/booking/target/booking.jar"),
            ROOT.resolve("services/payment/target/payment.jar"),
            ROOT.resolve("services/notification/target/notification.jar"),
            ROOT.resolve("services/provider-simulator/target/provider-simulator.jar"));

    private static final List<Integer> PORTS =
            List.of(8081, 8082, 8083, 8090, 8091, 9081, 9082, 9083, 12525, 15432, 18025, 19092);
    /** For a machine that does much else; nothing here waits longer than it must. */
    private static final Duration UP_WITHIN = Duration.ofMinutes(5);

    private static final int PLAYED_WITHIN_MINUTES = 12;
    private static final int DOWN_WITHIN_MINUTES = 2;

    private final int offset = freeOffset();
    private Process system;

    @BeforeEach
    void startTheSystem() throws IOException {
        assertThat(PROGRAMS)
                .as("Build everything first, as ./escale test does: this is about the programs, not about the classes.")
                .allSatisfy(program -> assertThat(program).exists());
        Files.createDirectories(HOME.resolve("run"));
        Files.deleteIfExists(HOME.resolve("run/ready"));
        system = java(LAUNCHER, "up", "--fresh")
                .redirectOutput(HOME.resolve("run/escale.log").toFile())
                .start();
        await().atMost(UP_WITHIN).until(() -> Files.exists(HOME.resolve("run/ready")) || !system.isAlive());
        assertThat(system.isAlive())
                .as(Files.readString(HOME.resolve("run/escale.log")))
                .isTrue();
    }

    @AfterEach
    void stopTheSystem() throws InterruptedException {
        system.destroy();
        if (!system.waitFor(DOWN_WITHIN_MINUTES, TimeUnit.MINUTES)) {
            system.destroyForcibly(); // its children end with it
        }
    }

    @Test
    void everything_ends_and_adds_up_whatever_dies_and_whenever() throws Exception {
        var drill = java(DRILL, "drill", "chaos").start();
        var said = new ArrayList<String>();
        var listening = Thread.ofVirtual().start(() -> listen(drill, said));

        var ended = drill.waitFor(PLAYED_WITHIN_MINUTES, TimeUnit.MINUTES);
        drill.destroyForcibly();
        listening.join();

        assertThat(ended).as("It ended in time: %s", said).isTrue();
        assertThat(drill.exitValue()).as(String.join("\n", said)).isZero();
        assertThat(said).contains("All invariants hold.", "DRILL chaos: PASS");
    }

    private static void listen(Process drill, List<String> said) {
        drill.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            said.add(line);
            System.out.println(line);
        });
    }

    private ProcessBuilder java(Path program, String... words) {
        var home = System.getProperty("java.home");
        var command = new ArrayList<>(List.of(
                Path.of(home, "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                program.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("JAVA_HOME", home);
        builder.environment().put("ESCALE_ROOT", ROOT.toString());
        builder.environment().put("ESCALE_HOME", HOME.toString());
        builder.environment().put("ESCALE_PORT_OFFSET", Integer.toString(offset));
        return builder;
    }

    /** Below the ports that the kernel gives away by itself. */
    private static int freeOffset() {
        return IntStream.iterate((int) (1_000 + ProcessHandle.current().pid() % 9_000), each -> each + 37)
                .limit(50)
                .filter(each -> PORTS.stream().allMatch(port -> isFree(port + each)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
