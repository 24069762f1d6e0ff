package escale.messaging;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.flywaydb.core.Flyway;

/** One instance of a service, as far as its outbox goes: a pool, a relay, and what it decides. */
final class Instance implements AutoCloseable {
    final HikariDataSource pool;
    final Database database;
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final Producer<String, byte[]> producer;
    final Relay relay;
    final Outbox outbox;

    Instance(Postgres.Database where, Producer<String, byte[]> producer) {
        pool = pool(where);
        database = Database.of(pool);
        this.producer = producer;
        relay = new Relay(database, producer, "test", metrics);
        outbox = new Outbox(relay);
    }

    Instance(Postgres.Database where, String bootstrapServers) {
        this(where, clients(bootstrapServers).producer());
    }

    /** Not yet telling. */
    static Instance on(Postgres.Database where) {
        return new Instance(where, Kafka.bootstrapServers());
    }

    Instance telling() {
        relay.start();
        return this;
    }

    static Postgres.Database freshDatabase() {
        return prepared(Postgres.freshDatabase("outbox"));
    }

    static Postgres.Database prepared(Postgres.Database fresh) {
        Flyway.configure()
                .dataSource(fresh.jdbcUrl(), fresh.user(), fresh.password())
                .locations("classpath:db/messaging")
                .load()
                .migrate();
        return fresh;
    }

    static KafkaClients clients(String bootstrapServers) {
        return new KafkaClients(new KafkaSettings(bootstrapServers, (short) 1, Map.of()), "test");
    }

    private static HikariDataSource pool(Postgres.Database where) {
        var config = new HikariConfig();
        config.setJdbcUrl(where.jdbcUrl());
        config.setUsername(where.user());
        config.setPassword(where.password());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    static Event event(String topic, String key, String payload) {
        return new Event(topic, key, "test.happened", payload.getBytes(), new Trace("00-trace-span-01", "request-1"));
    }

    /** One transaction that tells one event. */
    void decide(String topic, String key, String payload) {
        decide(List.of(event(topic, key, payload)));
    }

    void decide(List<Event> events) {
        database.transaction(tx -> {
            outbox.add(tx, events);
            return true;
        });
    }

    int waiting() {
        return database.read(tx -> tx.first("select count(*) from outbox", row -> row.getInt(1)))
                .orElseThrow();
    }

    double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    @Override
    public void close() {
        try {
            relay.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        pool.close();
    }
}
