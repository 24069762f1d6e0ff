package escale.sql;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection. Parameters are bound by position; arrays become PostgreSQL arrays for {@code unnest}.
 *
 * <p>A round trip costs about as much as a small statement. So a statement whose answer is not needed at once may wait
 * ({@link Later}): it leaves in front of the next one, or with the commit.
 */
public final class Transaction {
    private static final String COMMIT = "commit";

    private final Connection connection;
    private final List<Later<?>> waiting = new ArrayList<>(4);
    private final List<Runnable> afterCommit = new ArrayList<>(1);
    private @Nullable SQLException failure;

    /** How one row becomes one value. */
    @FunctionalInterface
    public interface Row<T> {
        T map(ResultSet row) throws SQLException;
    }

    Transaction(Connection connection) {
        this.connection = connection;
    }

    public <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return queryLater(sql, row, parameters).get();
    }

    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
        return queryLater(sql, row, parameters).get().stream().findFirst();
    }

    /** How many rows the statement touched. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return updateLater(sql, parameters).get();
    }

    public <T> Later<List<T>> queryLater(String sql, Row<T> row, @Nullable Object... parameters) {
        return waiting(new Later<>(this, sql, parameters, statement -> {
            try (var rows = statement.getResultSet()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(row.map(rows));
                }
                return found;
            }
        }));
    }

    public Later<Integer> updateLater(String sql, @Nullable Object... parameters) {
        return waiting(new Later<>(this, sql, parameters, PreparedStatement::getUpdateCount));
    }

    private <T> Later<T> waiting(Later<T> statement) {
        waiting.add(statement);
        return statement;
    }

    /** Runs once the commit has succeeded, and not at all otherwise. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    /** What still waits goes with it. */
    void commit() throws SQLException {
        requireIntact();
        if (!waiting.isEmpty()) {
            waiting.add(new Later<>(this, COMMIT, new Object[0], PreparedStatement::getUpdateCount));
            send();
        }
        connection.commit(); // without a round trip where that was one
    }

    /** Outside of a transaction nothing takes along what still waits. */
    void requireAllSent() {
        if (!waiting.isEmpty()) {
            throw new IllegalStateException(
                    "Nobody asked for the answer to: " + waiting.getFirst().sql());
        }
    }

    /**
     * Throws what a statement has thrown, though the work went on as if nothing had been: such a commit is a rollback,
     * and neither PostgreSQL nor its driver calls it a failure.
     */
    private void requireIntact() throws SQLException {
        if (failure != null) {
            throw failure;
        }
    }

    /** All that waits, in one round trip, each seeing what those before it did. */
    public void send() throws SQLException {
        requireIntact();
        var batch = List.copyOf(waiting);
        waiting.clear();
        var sql = batch.size() == 1
                ? batch.getFirst().sql()
                : batch.stream().map(Later::sql).collect(joining(";\n"));
        try (var statement = connection.prepareStatement(sql)) {
            var position = 1;
            for (var later : batch) {
                for (var parameter : later.parameters()) {
                    bind(statement, position++, parameter);
                }
            }
            statement.execute();
            for (var later : batch) {
                later.answered(statement);
                statement.getMoreResults();
            }
        } catch (SQLException e) {
            failure = e;
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int position, @Nullable Object value) throws SQLException {
        switch (value) {
            case UUID[] array -> statement.setArray(position, connection.createArrayOf("uuid", array));
            case String[] array -> statement.setArray(position, connection.createArrayOf("text", array));
            case Instant[] array -> statement.setArray(position, connection.createArrayOf("timestamptz", array));
            case byte[][] array -> statement.setArray(position, connection.createArrayOf("bytea", array));
            case Instant instant -> statement.setObject(position, instant.atOffset(ZoneOffset.UTC));
            case Enum<?> name -> statement.setString(position, name.name());
            case null -> statement.setObject(position, null);
            default -> statement.setObject(position, value);
        }
    }

    /** The instant in a column that may be null. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
