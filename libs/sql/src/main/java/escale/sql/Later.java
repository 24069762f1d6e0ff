package escale.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a statement that may not have left yet. Whoever wants it sends everything that waits, in the order in
 * which it was said; a statement that nobody asks about leaves with the commit.
 */
public final class Later<T> {
    private final Transaction tx;
    private final String sql;
    private final @Nullable Object[] parameters;
    private final Reading<T> reading;
    private @Nullable T answer;

    @FunctionalInterface
    interface Reading<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    Later(Transaction tx, String sql, @Nullable Object[] parameters, Reading<T> reading) {
        this.tx = tx;
        this.sql = sql;
        this.parameters = parameters;
        this.reading = reading;
    }

    public T get() throws SQLException {
        if (answer == null) {
            tx.send();
        }
        return committed();
    }

    /** For after the commit, when there is nothing left to send. */
    public T committed() {
        if (answer == null) {
            throw new IllegalStateException("This statement has not been sent");
        }
        return answer;
    }

    String sql() {
        return sql;
    }

    @Nullable
    Object[] parameters() {
        return parameters;
    }

    void answered(PreparedStatement statement) throws SQLException {
        answer = reading.of(statement);
    }
}
