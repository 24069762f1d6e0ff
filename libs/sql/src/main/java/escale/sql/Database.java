package escale.sql;

import io.micronaut.context.annotation.Requires;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The service's own database.
 *
 * <p>Work is handed in as one function and may run more than once: a deadlock or a serialization failure is the
 * database asking for another try. Remote calls therefore never belong inside.
 */
@Singleton
@Requires(beans = DataSource.class)
public final class Database {
    private static final int TRIES = 6;

    private final DataSource dataSource;

    /** What one transaction does. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Transaction tx) throws SQLException;
    }

    public Database(DataSource dataSource, @Nullable DataSourceResolver resolver) {
        this(pool(dataSource, resolver));
    }

    private Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The pool itself. Where Micronaut Data is on board its bean is a proxy that only knows its own transactions. */
    static DataSource pool(DataSource dataSource, @Nullable DataSourceResolver resolver) {
        return (resolver == null ? DataSourceResolver.DEFAULT : resolver).resolve(dataSource);
    }

    /** For programs and tests that bring a plain data source. */
    public static Database of(DataSource dataSource) {
        return new Database(dataSource);
    }

    public <T extends @Nullable Object> T transaction(Work<T> work) {
        return stubbornly(() -> once(work));
    }

    /** Work of one statement, which is a transaction by itself: one round trip instead of two. */
    public <T extends @Nullable Object> T statement(Work<T> work) {
        return stubbornly(() -> alone(work));
    }

    /** One try of something. */
    @FunctionalInterface
    private interface Try<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    private static <T extends @Nullable Object> T stubbornly(Try<T> work) {
        for (var attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (SQLException e) {
                if (attempt == TRIES || !asksForAnotherTry(e)) {
                    throw new DatabaseFault(e);
                }
                pauseBriefly(attempt);
            }
        }
    }

    private <T extends @Nullable Object> T once(Work<T> work) throws SQLException {
        Transaction tx;
        T result;
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            tx = new Transaction(connection);
            try {
                result = work.run(tx);
                tx.commit();
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        }
        tx.committed(); // the connection is back with the others by now
        return result;
    }

    /** One statement of its own that changes nothing. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        try {
            return alone(work);
        } catch (SQLException e) {
            throw new DatabaseFault(e);
        }
    }

    /** A read whose filters may be left out: it is planned for those that are there, since no one plan serves all of them. */
    public <T extends @Nullable Object> T search(Work<T> work) {
        return read(tx -> {
            tx.queryLater("select set_config('plan_cache_mode', 'force_custom_plan', true)", row -> row.getString(1));
            return work.run(tx);
        });
    }

    private <T extends @Nullable Object> T alone(Work<T> work) throws SQLException {
        Transaction tx;
        T result;
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            tx = new Transaction(connection);
            result = work.run(tx);
            tx.requireAllSent();
        }
        tx.committed();
        return result;
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
    }

    private static boolean asksForAnotherTry(SQLException e) {
        return "40P01".equals(e.getSQLState()) || "40001".equals(e.getSQLState());
    }

    /** Two that met once must not meet again in step. */
    private static void pauseBriefly(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, 4 << attempt));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
