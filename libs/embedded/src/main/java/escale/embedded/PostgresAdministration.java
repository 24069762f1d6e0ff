package escale.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Databases and the roles that own them. */
final class PostgresAdministration {
    private final PostgresServer server;

    PostgresAdministration(PostgresServer server) {
        this.server = server;
    }

    /** One at a time: PostgreSQL refuses two that change the same role or database at once. */
    synchronized void ensureDatabase(String name, String role, String password) {
        try (var connection = DriverManager.getConnection(server.superuserUrl("postgres"))) {
            if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", role)) {
                run(connection, "CREATE ROLE %I", role);
            }
            run(connection, "ALTER ROLE %I LOGIN PASSWORD %L", role, password);
            // A copy of the template's files is ten times faster than a log of all their pages.
            if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", name)) {
                run(connection, "CREATE DATABASE %I OWNER %I STRATEGY file_copy", name, role);
            }
            run(connection, "REVOKE ALL ON DATABASE %I, postgres, template1 FROM PUBLIC", name);
        } catch (SQLException e) {
            throw new StartFailure("The database " + name + " of " + role + " could not be made: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Statements about roles and databases take no parameters, so the server itself quotes names (%I) and literals (%L). */
    private static void run(Connection connection, String template, String... values) throws SQLException {
        var quote = "SELECT format(?" + ", ?".repeat(values.length) + ")";
        try (var quoting = connection.prepareStatement(quote);
                var statement = connection.createStatement()) {
            quoting.setString(1, template);
            for (var i = 0; i < values.length; i++) {
                quoting.setString(i + 2, values[i]);
            }
            try (var quoted = quoting.executeQuery()) {
                quoted.next();
                statement.execute(quoted.getString(1));
            }
        }
    }
}
