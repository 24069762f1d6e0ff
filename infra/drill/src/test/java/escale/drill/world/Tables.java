package escale.drill.world;

import escale.drill.wire.Addresses.DatabaseAddress;
import escale.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One service's database as its own migrations make it, because they are the contract between a service and its checker.
 * It is made once for all worlds and emptied for each: a hundred databases take longer to be thrown away than to be tested.
 */
final class Tables {
    private static final String OUTBOX = "libs/messaging/src/main/resources/db/messaging/V0_1__outbox.sql";

    static final Tables BOOKING = new Tables("booking", OUTBOX, "V1__booking", "V3__changes");
    static final Tables PAYMENT = new Tables("payment", OUTBOX, "V1__payment", "V2__redrive", "V3__money_from_outside");
    static final Tables NOTIFICATION = new Tables("notification", "V1__notification", "V2__lease", "V3__notify_me");

    private final String service;
    private final Postgres.Database database;
    /** For single statements; a world is a hundred of them, and a connection costs more than they do. */
    private final Connection connection;

    private Tables(String service, String... migrations) {
        this.service = service;
        this.database = Postgres.freshDatabase(service);
        try {
            this.connection = database.connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (var migration : migrations) {
            run(source(
                    migration.endsWith(".sql")
                            ? migration
                            : "services/%s/src/main/resources/db/migration/%s.sql".formatted(service, migration)));
        }
    }

    /** For whoever needs a transaction. */
    Connection connect() throws SQLException {
        return database.connect();
    }

    DatabaseAddress address() {
        return new DatabaseAddress(service, database.jdbcUrl(), database.user(), database.password());
    }

    /** Row by row, youngest table first: they are few, while truncating makes new files for every table and index. */
    void empty() {
        run("""
                do $$
                declare each regclass;
                begin
                    for each in select oid from pg_class
                        where relkind = 'r' and relnamespace = current_schema()::regnamespace order by oid desc
                    loop
                        execute 'delete from ' || each;
                    end loop;
                end $$
                """);
    }

    void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("In the database of " + service + ": " + sql, e);
        }
    }

    private static String source(String path) {
        try {
            return Files.readString(Path.of(System.getProperty("basedir", "."), "../..", path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Tables> all() {
        return List.of(BOOKING, PAYMENT, NOTIFICATION);
    }
}
