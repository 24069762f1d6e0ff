package escale.notification;

import static org.awaitility.Awaitility.await;

import escale.testkit.Kafka;
import escale.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The service as a process of its own, for tests that kill it. */
final class Victim {
    private Victim() {}

    static Process start(Postgres.Database database, int mailPort) throws IOException {
        Topics.exist();
        Kafka.missSoon("notification-bookings", "notification-payments", "notification-tours", "notification-users");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "escale.notification.Application"))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "victim.log").toFile());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("INSTANCE", "victim"),
                        Map.entry("DATABASE_URL", database.jdbcUrl()),
                        Map.entry("DATABASE_USER", database.user()),
                        Map.entry("DATABASE_PASSWORD", database.password()),
                        Map.entry("KAFKA_BOOTSTRAP_SERVERS", Kafka.bootstrapServers()),
                        Map.entry("SMTP_HOST", "127.0.0.1"),
                        Map.entry("SMTP_PORT", Integer.toString(mailPort)),
                        // one sender, so that one mail is under way when it is killed
                        Map.entry("MAIL_CONNECTIONS", "1"),
                        // a busy machine is no mail server that is away
                        Map.entry("SMTP_TIMEOUT", "60s"),
                        Map.entry("SMTP_DEADLINE", "100s"),
                        Map.entry("MAIL_LEASE", "120s"),
                        Map.entry("PORT", "-1"),
                        Map.entry("MANAGEMENT_PORT", "0"),
                        Map.entry("JWT_JWKS_PATH", NotificationService.keys().toString()),
                        Map.entry("MICRONAUT_ENVIRONMENTS", "local")));
        return builder.start();
    }

    /**
     * As they do in time, once nobody renews them. The server may still be at a claim of the dead: only when its sessions
     * are over has it said its last.
     */
    static void leasesRunOut(Postgres.Database database) throws SQLException {
        await().until(() -> hasNoSession(database));
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("update mail set leased_until = clock_timestamp() where leased_until is not null");
        }
    }

    private static boolean hasNoSession(Postgres.Database database) throws SQLException {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()
                            and backend_type = 'client backend'
                        """)) {
            rows.next();
            return rows.getInt(1) == 0;
        }
    }

    /** Its last table is there. */
    static void awaitMigrated(Postgres.Database database) {
        await().until(() -> hasTable(database, "asking"));
    }

    private static boolean hasTable(Postgres.Database database, String table) throws SQLException {
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select from pg_tables where tablename = '" + table + "'")) {
            return rows.next();
        }
    }
}
