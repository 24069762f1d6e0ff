package escale.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import escale.local.supervision.Instance.State;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {
    @TempDir
    private Path logs;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Supervisor> supervisors = new ArrayList<>();
    private final List<ProcessHandle> noted = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        supervisors.forEach(Supervisor::close);
    }

    @Test
    void a_part_is_started_after_what_it_needs() throws InterruptedException {
        var supervisor = supervisor(
                SmallProgram.part("late", logs, Set.of("early")), SmallProgram.part("early", logs, Set.of()));

        supervisor.start();

        var early = supervisor.of("early").getFirst();
        var late = supervisor.of("late").getFirst();
        assertThat(late.server().process().orElseThrow().info().startInstant().orElseThrow())
                .isAfterOrEqualTo(early.server()
                        .process()
                        .orElseThrow()
                        .info()
                        .startInstant()
                        .orElseThrow());
        assertThat(said.getFirst()).contains("early#1");
        assertThat(noted).hasSize(2);
    }

    @Test
    void a_killed_child_is_brought_back_and_the_user_hears_of_it() throws InterruptedException {
        var supervisor = supervisor(SmallProgram.part("small", logs, Set.of()));
        supervisor.start();
        var instance = supervisor.of("small").getFirst();
        var first = instance.pid();

        instance.server().process().orElseThrow().destroyForcibly();

        await().until(() -> instance.revivals() == 1 && instance.state() == State.READY);
        assertThat(instance.pid()).isNotEqualTo(first).isNotEqualTo("-");
        assertThat(said).anyMatch(line -> line.startsWith("small#1 was killed (SIGKILL); starting it again in"));
        await().until(() -> said.stream().anyMatch(line -> line.startsWith("small#1 is back after")));
    }

    @Test
    void a_child_halts_once_at_the_failpoint_it_was_restarted_with() throws Exception {
        var supervisor = supervisor(SmallProgram.part("small", logs, Set.of()));
        supervisor.start();
        var instance = supervisor.of("small").getFirst();

        instance.restart("at-work");
        work(instance);

        await().until(() -> instance.revivals() == 1 && instance.state() == State.READY);
        assertThat(said).anyMatch(line -> line.startsWith("small#1 halted at its failpoint; starting it again in"));
        var second = instance.pid();
        work(instance);
        assertThat(instance.pid()).isEqualTo(second).isNotEqualTo("-");
    }

    @Test
    void a_child_that_comes_to_its_failpoint_while_it_starts_is_started_again() throws InterruptedException {
        var supervisor = supervisor(SmallProgram.part("small", logs, Set.of()));
        supervisor.start();
        var instance = supervisor.of("small").getFirst();

        instance.restart("at-start");

        assertThat(instance.state()).isEqualTo(State.READY);
        assertThat(instance.pid()).isNotEqualTo("-");
    }

    @Test
    void a_failpoint_nobody_knows_is_refused_and_the_child_lives_on() throws InterruptedException {
        var supervisor = supervisor(SmallProgram.part("small", logs, Set.of()));
        supervisor.start();
        var instance = supervisor.of("small").getFirst();

        assertThatThrownBy(() -> instance.restart("unknown")).hasMessageContaining("I know no such place");

        assertThat(instance.state()).isEqualTo(State.READY);
        assertThat(instance.pid()).isNotEqualTo("-");
    }

    @Test
    void a_killed_child_is_brought_back_with_the_failpoint_it_was_killed_for() throws Exception {
        var supervisor = supervisor(SmallProgram.part("small", logs, Set.of()));
        supervisor.start();
        var instance = supervisor.of("small").getFirst();

        instance.kill("at-work");
        instance.awaitReady();
        work(instance);

        await().until(() -> instance.revivals() == 2 && instance.state() == State.READY);
        assertThat(said).anyMatch(line -> line.startsWith("small#1 halted at its failpoint; starting it again in"));
    }

    /** Whether it halts over it or not: it says nothing. */
    private static void work(Instance instance) throws IOException {
        var door = URI.create("http://127.0.0.1:" + instance.server().ports().getFirst() + "/work");
        var connection = (HttpURLConnection) door.toURL().openConnection();
        connection.setReadTimeout(1_000);
        assertThatThrownBy(connection::getResponseCode).isInstanceOf(IOException.class);
    }

    @Test
    void a_child_that_was_stopped_on_purpose_is_not_brought_back() throws InterruptedException {
        var supervisor = supervisor(SmallProgram.part("small", logs, Set.of()));
        supervisor.start();
        var instance = supervisor.of("small").getFirst();

        instance.stop();

        assertThat(instance.state()).isEqualTo(State.STOPPED);
        assertThat(instance.server().running()).isFalse();
        assertThat(said).noneMatch(line -> line.contains("starting it again"));

        instance.start();

        assertThat(instance.state()).isEqualTo(State.READY);
    }

    @Test
    void a_part_that_ends_as_it_starts_fails_the_start_in_one_sentence_with_its_last_words() {
        var supervisor = supervisor(
                SmallProgram.part("healthy", logs, Set.of()), SmallProgram.failing("broken", logs, Set.of("healthy")));

        assertThatThrownBy(supervisor::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("broken ended with exit code 7 as it started.")
                .hasMessageContaining("I cannot bear it");

        supervisor.close();
        assertThat(supervisor.instances())
                .noneMatch(instance -> instance.server().running());
    }

    @Test
    void a_busy_port_is_named_before_anything_is_started() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var supervisor = supervisor(
                    SmallProgram.part("healthy", logs, Set.of()),
                    SmallProgram.part("unlucky", logs, Set.of(), taken.getLocalPort()));

            assertThatThrownBy(supervisor::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("Port %d is taken by another program, so unlucky cannot listen on it"
                            .formatted(taken.getLocalPort()));
            assertThat(supervisor.of("healthy").getFirst().server().process()).isEmpty();
        }
    }

    @Test
    void instances_come_and_go() throws InterruptedException {
        var part = SmallProgram.part("small", logs, Set.of());
        var supervisor = supervisor(part);
        supervisor.start();
        var first = supervisor.of("small").getFirst();

        supervisor.grow(part, 3);

        assertThat(supervisor.of("small")).extracting(Instance::name).containsExactly("small#1", "small#2", "small#3");
        assertThat(supervisor.of("small")).allMatch(instance -> instance.state() == State.READY);

        var gone = supervisor.shrink(part, 1);

        assertThat(gone).extracting(Instance::name).containsExactly("small#2", "small#3");
        assertThat(gone).noneMatch(instance -> instance.server().running());
        assertThat(supervisor.of("small")).containsExactly(first);
        assertThat(first.server().running()).isTrue();
    }

    @Test
    void a_frozen_child_is_not_taken_for_dead_and_goes_on_when_it_may() throws InterruptedException {
        var port = Port.free();
        var supervisor = supervisor(SmallProgram.part("small", logs, Set.of(), port));
        supervisor.start();
        var instance = supervisor.of("small").getFirst();
        var pid = instance.pid();

        assertThat(instance.pause()).isTrue();
        assertThat(Probe.at(port, "/").ready()).isFalse();
        assertThat(instance.state()).isEqualTo(State.PAUSED);
        assertThat(instance.resume()).isTrue();

        await().until(Probe.at(port, "/")::ready);
        assertThat(instance.pid()).isEqualTo(pid);
        assertThat(instance.revivals()).isZero();
    }

    @Test
    void children_end_with_a_supervisor_that_was_killed() throws IOException {
        var supervisor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallSupervisor.class.getName(),
                        logs.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var child = ProcessHandle.of(Long.parseLong(supervisor.inputReader().readLine()))
                .orElseThrow();
        assertThat(child.isAlive()).isTrue();

        supervisor.destroyForcibly();

        await().until(() -> !child.isAlive());
    }

    private Supervisor supervisor(Part... parts) {
        var supervisor = new Supervisor(List.of(parts), InstantSource.system(), said::add, processes -> {
            noted.clear();
            noted.addAll(processes);
        });
        supervisors.add(supervisor);
        return supervisor;
    }
}
