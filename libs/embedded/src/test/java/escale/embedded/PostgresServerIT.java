package escale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import escale.embedded.PostgresServer.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    @TempDir
    static Path home;

    /** For all tests that leave it running. */
    static PostgresServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(Settings.throwaway(shared()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_kill_in_the_middle_of_writing_loses_nothing_that_was_committed() throws Exception {
        try (var durable = PostgresServer.start(Settings.durable(data(), 0))) {
            execute(durable, "CREATE TABLE booking (id int PRIMARY KEY)");
            var committed = new AtomicInteger();
            var writer = Thread.ofVirtual().start(() -> insertUntilItFails(durable, committed));
            await().atMost(Duration.ofMinutes(2)).until(() -> committed.get() > 200); // each waits for the disk

            durable.kill();
            writer.join();
            durable.restart();

            // What was cut off may have been committed without our having heard of it: that one and no more.
            assertThat(number(durable, "SELECT count(*) FROM booking")).isBetween(committed.get(), committed.get() + 1);
        }
    }

    @Test
    void a_kill_loses_nothing_that_was_committed_in_a_throwaway_server_either() throws Exception {
        execute(server, "CREATE TABLE many AS SELECT generate_series(1, 1000)");

        server.kill();
        server.restart();

        assertThat(number(server, "SELECT count(*) FROM many")).isEqualTo(1000);
    }

    @Test
    void a_second_start_on_the_same_directory_finds_the_data() throws Exception {
        try (var first = PostgresServer.start(Settings.throwaway(data()))) {
            execute(first, "CREATE TABLE booking AS SELECT 1");
        }
        try (var second = PostgresServer.start(Settings.throwaway(data()))) {
            assertThat(number(second, "SELECT count(*) FROM booking")).isEqualTo(1);
        }
    }

    @Test
    void a_restart_keeps_the_port_and_changes_the_process() {
        var port = server.port();
        var pid = server.pid();

        server.restart();

        assertThat(server.port()).isEqualTo(port);
        assertThat(server.pid()).isNotEqualTo(pid);
    }

    @Test
    void a_server_killed_by_somebody_else_can_be_started_again_at_once() throws Exception {
        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

        server.restart();

        assertThat(number(server, "SELECT 1")).isEqualTo(1);
    }

    @Test
    void a_restart_waits_for_a_port_that_is_about_to_be_released() throws Exception {
        server.kill();
        Port.awaitRelease(server.port());
        var dying = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress());
        CompletableFuture.runAsync(
                () -> {
                    try {
                        dying.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        server.restart();

        assertThat(number(server, "SELECT 1")).isEqualTo(1);
    }

    @Test
    void the_note_of_a_killed_server_whose_process_id_now_belongs_to_another_program_is_no_hindrance()
            throws Exception {
        server.kill();
        var note = shared().resolve("postmaster.pid");
        var lines = Files.readAllLines(note);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(note, lines);

        server.restart();

        assertThat(number(server, "SELECT 1")).isEqualTo(1);
    }

    @Test
    void a_directory_in_use_is_refused_with_the_process_that_holds_it() {
        assertThatThrownBy(() -> PostgresServer.start(Settings.throwaway(shared())))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is in use by a PostgreSQL that still runs (process %d)", server.pid());
    }

    @Test
    void a_busy_port_is_named_in_one_sentence() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> PostgresServer.start(Settings.durable(data(), other.getLocalPort())))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("Port %d is taken by another program", other.getLocalPort());
        }
    }

    @Test
    void a_directory_with_something_else_in_it_is_left_alone() throws Exception {
        Files.writeString(Files.createDirectories(data()).resolve("thesis.txt"), "three years");

        assertThatThrownBy(() -> PostgresServer.start(Settings.throwaway(data())))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is not empty and holds no PostgreSQL data");
        assertThat(data().resolve("thesis.txt")).exists();
    }

    @Test
    void a_directory_of_another_version_is_refused() throws Exception {
        Files.writeString(Files.createDirectories(data()).resolve("PG_VERSION"), "17\n");

        assertThatThrownBy(() -> PostgresServer.start(Settings.throwaway(data())))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("was written by PostgreSQL 17");
    }

    @Test
    void a_server_that_cannot_start_leaves_its_last_words_in_the_exception() {
        var settings = new Settings(data(), 0, false, Map.of("shared_buffers", "a lot"));

        assertThatThrownBy(() -> PostgresServer.start(settings))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("invalid value for parameter \"shared_buffers\": \"a lot\"");
    }

    private static Path shared() {
        return home.resolve("postgresql");
    }

    private Path data() {
        return directory.resolve("postgresql");
    }

    private static void insertUntilItFails(PostgresServer server, AtomicInteger committed) {
        try (var connection = connect(server);
                var insert = connection.prepareStatement("INSERT INTO booking VALUES (?)")) {
            for (var id = 1; ; id++) {
                insert.setInt(1, id);
                insert.executeUpdate();
                committed.set(id);
            }
        } catch (SQLException e) {
            // The kill this test is about.
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.superuserUrl("postgres"));
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(PostgresServer server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
