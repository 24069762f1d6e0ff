package escale.testkit;

import escale.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL for tests: one server per test JVM, started when first asked for. */
public final class Postgres {
    /** An empty database and the role that owns it, as a service is given them. */
    public record Database(String jdbcUrl, String user, String password) {
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }

        /** What a service is told of it. On a busy machine a connection that is long in coming is no failure. */
        public Map<String, Object> datasource() {
            return Map.of(
                    "datasources.default.url", jdbcUrl,
                    "datasources.default.username", user,
                    "datasources.default.password", password,
                    "datasources.default.connection-timeout", 60_000,
                    "datasources.default.data-source-properties.options",
                            "-c idle_in_transaction_session_timeout=5min -c lock_timeout=5min");
        }
    }

    /** Started when this class is first used; killed with the JVM. */
    private static final class Shared {
        static final PostgresServer SERVER = dedicated();
    }

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Postgres() {}

    /** The server all tests of this JVM share: never stop it, take a dedicated one for that. */
    public static PostgresServer server() {
        return Shared.SERVER;
    }

    /** A server for a test that stops or kills it; closed by the test or with the JVM. */
    public static PostgresServer dedicated() {
        var directory = Scratch.directory("postgresql");
        var server = PostgresServer.start(PostgresServer.Settings.throwaway(directory.resolve("data")));
        Scratch.atExit(server::kill, directory);
        return server;
    }

    /** A database nobody has used, on the shared server. */
    public static Database freshDatabase(String name) {
        return freshDatabase(server(), name);
    }

    /** A database nobody has used, on the given server. */
    public static Database freshDatabase(PostgresServer server, String name) {
        var unique = name + "_" + COUNT.incrementAndGet();
        server.ensureDatabase(unique, unique, "secret");
        return new Database(server.url(unique), unique, "secret");
    }
}
