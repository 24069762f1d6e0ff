package escale.messaging;

import escale.runtime.Stage;
import escale.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the outbox holds. Every instance runs one; a lock per shard lets one of them tell at a time.
 *
 * <p>Whoever commits wakes its own relay in memory. The slow look-out only serves rows whose instance died in between.
 */
@Singleton
public final class Relay implements Stage {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration LOOK_OUT = Duration.ofMillis(100);
    private static final int LOOK_OUTS_PER_FULL_LOOK = 50;

    private final Database database;
    private final List<RelayDriver> drivers;
    private final AtomicLong oldestMillis = new AtomicLong();
    private volatile boolean running;

    private record Found(int shard, long first, long ageMillis) {}

    Relay(
            Database database,
            Producer<String, byte[]> producer,
            @Value("${micronaut.application.name}") String service,
            MeterRegistry metrics) {
        this.database = database;
        this.drivers = IntStream.range(0, Outbox.SHARDS)
                .mapToObj(shard -> new RelayDriver(new RelayShard(shard, database, producer, "/escale/" + service)))
                .toList();
        Gauge.builder("escale.outbox.oldest.seconds", oldestMillis, age -> age.get() / 1000.0)
                .description("Age of the oldest event that is decided but not yet told")
                .register(metrics);
    }

    @Override
    public Phase phase() {
        return Phase.RELAY;
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public void start() {
        running = true;
        drivers.forEach(RelayDriver::start);
        Thread.ofVirtual().name("relay-look-out").start(this::lookOut);
    }

    /** What is left is told now, so that nobody has to wait for another instance's look-out. */
    @Override
    public void stop() throws InterruptedException {
        running = false;
        for (var driver : drivers) {
            driver.flushAndStop();
        }
    }

    void wake(List<OutboxRow.Position> rows) {
        for (var row : rows) {
            drivers.get(row.shard()).wake(row.id());
        }
    }

    private void lookOut() {
        for (var look = 1; running; look++) {
            try {
                Thread.sleep(LOOK_OUT);
                look(look % LOOK_OUTS_PER_FULL_LOOK == 0 ? 0 : lowestFloor());
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException away) {
                log.debug("Could not look for untold events", away);
            }
        }
    }

    private void look(long above) {
        var found = database.read(tx -> tx.query(
                """
                select shard, min(id) as first,
                       extract(epoch from clock_timestamp() - min(created_at)) * 1000 as age_millis
                from outbox where id > ? group by shard
                """, row -> new Found(row.getInt("shard"), row.getLong("first"), row.getLong("age_millis")), above));
        oldestMillis.set(found.stream().mapToLong(Found::ageMillis).max().orElse(0));
        found.forEach(waiting -> drivers.get(waiting.shard()).wake(waiting.first()));
    }

    private long lowestFloor() {
        return drivers.stream().mapToLong(RelayDriver::floor).min().orElse(0);
    }
}
