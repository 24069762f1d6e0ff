package escale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOwnershipIT {
    @TempDir
    static Path directory;

    static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(PostgresServer.Settings.throwaway(directory.resolve("postgresql")));
        server.ensureDatabase("booking", "booking", "booking-secret");
        server.ensureDatabase("payment", "payment", "payment-secret");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_role_is_at_home_in_its_own_database() throws Exception {
        try (var connection = connect("booking", "booking", "booking-secret");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE booking (id uuid PRIMARY KEY DEFAULT uuidv7())");
            for (var extension : List.of("unaccent", "pg_trgm", "btree_gist")) {
                statement.execute("CREATE EXTENSION " + extension);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "postgres", "template1"})
    void a_role_may_not_even_connect_to_any_other_database(String other) {
        assertThatThrownBy(() -> connect(other, "booking", "booking-secret"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database \"" + other + "\"");
    }

    @Test
    void a_wrong_password_is_refused() {
        assertThatThrownBy(() -> connect("booking", "booking", "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void a_role_has_no_power_over_the_server() throws Exception {
        try (var connection = connect("booking", "booking", "booking-secret");
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE DATABASE mine"))
                    .hasMessageContaining("permission denied to create database");
            assertThatThrownBy(() -> statement.execute("CREATE ROLE friend"))
                    .hasMessageContaining("permission denied to create role");
        }
    }

    @Test
    void asking_twice_changes_nothing_but_the_password() throws Exception {
        server.ensureDatabase("review", "review", "old");
        try (var connection = connect("review", "review", "old");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE review AS SELECT 5 AS stars");
        }

        server.ensureDatabase("review", "review", "it's new");

        try (var connection = connect("review", "review", "it's new");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT stars FROM review")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void databases_can_be_asked_for_by_many_at_once() {
        var names = IntStream.range(0, 8).mapToObj(i -> "crowd_" + i % 4).toList();

        names.parallelStream().forEach(name -> server.ensureDatabase(name, name, "secret"));

        assertThat(names).allSatisfy(name -> connect(name, name, "secret").close());
    }

    @Test
    void a_name_is_a_name_and_never_a_command() throws Exception {
        var name = "odd\"; DROP ROLE \"booking";
        server.ensureDatabase("odd", name, "secret");

        connect("odd", name, "secret").close();
        connect("booking", "booking", "booking-secret").close();
    }

    private static Connection connect(String database, String role, String password) throws SQLException {
        return DriverManager.getConnection(server.url(database), role, password);
    }
}
