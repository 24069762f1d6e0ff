package escale.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {
    @TempDir
    private Path home;

    private final List<String> said = new ArrayList<>();
    private Place place = new Place(Path.of("."), Path.of("."));

    @BeforeEach
    void prepare() {
        place = new Place(home, home);
        place.prepare();
    }

    @Test
    void the_address_of_the_supervisor_is_for_its_user_alone() throws Exception {
        try (var state = RunState.take(place, said::add)) {
            state.noteControl(4711, "secret");

            var control = RunState.control(place).orElseThrow();
            assertThat(control.port()).isEqualTo(4711);
            assertThat(control.token()).isEqualTo("secret");
            assertThat(control.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(place.run().resolve("control.properties"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void an_end_in_order_leaves_no_trace() throws Exception {
        try (var state = RunState.take(place, said::add)) {
            state.noteControl(4711, "secret");
            state.noteProcesses(List.of(ProcessHandle.current()));
        }

        assertThat(RunState.control(place)).isEmpty();
        assertThat(RunState.leftovers(place)).isEmpty();
    }

    @Test
    void what_a_killed_supervisor_noted_is_recognised_as_stale() throws Exception {
        var child = new ProcessBuilder("sleep", "600").start();
        try (var killed = RunState.take(place, said::add)) {
            killed.noteControl(4711, "secret");
            killed.noteProcesses(List.of(child.toHandle()));
            Files.copy(place.run().resolve("processes"), home.resolve("processes"));
        }
        Files.move(home.resolve("processes"), place.run().resolve("processes"));
        Files.writeString(place.run().resolve("control.properties"), "pid=1\nport=4711\ntoken=old\n");
        assertThat(RunState.leftovers(place)).containsExactly(child.toHandle());
        child.destroy();

        try (var _ = RunState.take(place, said::add)) {
            assertThat(RunState.control(place)).isEmpty();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_process_id_that_went_to_another_program_is_left_alone() throws Exception {
        Files.writeString(
                place.run().resolve("processes"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");

        try (var _ = RunState.take(place, said::add)) {
            assertThat(said).isEmpty();
        }
    }

    @Test
    void a_second_supervisor_is_refused_while_the_first_runs() throws IOException {
        var first = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TakenPlace.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(first.inputReader().readLine()).isEqualTo("taken");

            assertThatThrownBy(() -> RunState.take(place, said::add))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("Escale is already running here (process " + first.pid()
                            + "): ./escale status shows it, ./escale down stops it.");
        } finally {
            first.destroyForcibly();
        }
    }

    /** Takes the place and holds it until it is killed. */
    static final class TakenPlace {
        public static void main(String... arguments) throws InterruptedException {
            var home = Path.of(arguments[0]);
            var state = RunState.take(new Place(home, home), _ -> {});
            state.noteControl(1, "x");
            System.out.println("taken");
            Thread.currentThread().join();
        }
    }
}
