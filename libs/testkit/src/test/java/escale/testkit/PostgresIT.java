package escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresIT {
    @Test
    void databases_of_the_same_name_are_strangers() throws SQLException {
        var one = Postgres.freshDatabase("booking");
        var other = Postgres.freshDatabase("booking");

        run(one, "CREATE TABLE booking ()");
        run(other, "CREATE TABLE booking ()");

        assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
    }

    @Test
    void a_dedicated_server_may_be_killed_and_nobody_else_notices() throws SQLException {
        var shared = Postgres.freshDatabase("booking");
        try (var server = Postgres.dedicated()) {
            var own = Postgres.freshDatabase(server, "booking");
            run(own, "CREATE TABLE booking ()");

            server.kill();
            run(shared, "SELECT 1");
            server.restart();

            run(own, "SELECT FROM booking");
        }
    }

    private static void run(Postgres.Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
