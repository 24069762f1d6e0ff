package escale.drill.world;

import escale.drill.wire.Addresses.DatabaseAddress;
import escale.drill.wire.Unreachable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of one query, fetched a few thousand at a time, in a transaction that only reads. */
final class Rows<T> implements Iterator<T>, AutoCloseable {
    private static final int FETCHED_AT_ONCE = 5_000;

    /** How a row is read. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final String name;
    private final Connection connection;
    private final ResultSet rows;
    private final Reader<T> reader;
    private boolean hasNext;

    private Rows(String name, Connection connection, ResultSet rows, Reader<T> reader) throws SQLException {
        this.name = name;
        this.connection = connection;
        this.rows = rows;
        this.reader = reader;
        this.hasNext = rows.next();
    }

    @SuppressWarnings("MustBeClosedChecker")
    static <T> Rows<T> of(DatabaseAddress database, String sql, Reader<T> reader) {
        try {
            var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
            connection.setAutoCommit(false); // otherwise the driver fetches everything at once
            connection.setReadOnly(true);
            var statement = connection.createStatement();
            statement.setFetchSize(FETCHED_AT_ONCE);
            return new Rows<>(database.name(), connection, statement.executeQuery(sql), reader);
        } catch (SQLException e) {
            throw new Unreachable("The database of " + database.name() + " cannot be read at " + database.place(), e);
        }
    }

    static <T> List<T> all(DatabaseAddress database, String sql, Reader<T> reader) {
        try (var rows = of(database, sql, reader)) {
            var all = new ArrayList<T>();
            rows.forEachRemaining(all::add);
            return all;
        }
    }

    static long number(DatabaseAddress database, String sql) {
        return all(database, sql, row -> row.getLong(1)).getFirst();
    }

    @Override
    public boolean hasNext() {
        return hasNext;
    }

    @Override
    public T next() {
        if (!hasNext) {
            throw new NoSuchElementException();
        }
        try {
            var row = reader.read(rows);
            hasNext = rows.next();
            return row;
        } catch (SQLException e) {
            throw new Unreachable("The database of " + name + " stopped answering", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new Unreachable("The database of " + name + " stopped answering", e);
        }
    }
}
