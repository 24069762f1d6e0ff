package escale.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import escale.testkit.Postgres;

/** A fresh database with so many connections to it. */
final class Pool implements AutoCloseable {
    private final HikariDataSource dataSource;
    final Database database;

    Pool(int connections) {
        var fresh = Postgres.freshDatabase("sql");
        var config = new HikariConfig();
        config.setJdbcUrl(fresh.jdbcUrl());
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMaximumPoolSize(connections);
        dataSource = new HikariDataSource(config);
        database = Database.of(dataSource);
    }

    void execute(String sql) {
        database.transaction(tx -> tx.update(sql));
    }

    int number(String sql) {
        return database.read(tx -> tx.first(sql, row -> row.getInt(1))).orElseThrow();
    }

    int busy() {
        return dataSource.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
