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

    public Database(DataSource dataSource, DataSourceResolver resolver) {
        this(resolver.resolve(dataSource));
    }

    private Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** For programs and tests that bring a plain data source. */
    public static Database of(DataSource dataSource) {
        return new Database(dataSource);
    }

    public <T extends @Nullable Object> T transaction(Work<T> work) {
        for (var attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == TRIES || !asksForAnotherTry(e)) {
                    throw new DatabaseFault(e);
                }
                pauseBriefly(attempt);
            }
        }
    }

    private <T extends @Nullable Object> T once(Work<T> work) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            var tx = new Transaction(connection);
            T result;
            try {
                result = work.run(tx);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
            tx.committed();
            return result;
        }
    }

    /** One statement of its own; nothing to commit. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            return work.run(new Transaction(connection));
        } catch (SQLException e) {
            throw new DatabaseFault(e);
        }
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
