package escale.messaging;

import escale.runtime.Stage;
import escale.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what the outbox holds. Every instance runs one; a lock lets one of them tell at a time.
 *
 * <p>Whoever commits wakes its own relay in memory. The slow look-out only serves rows whose instance died in between.
 */
@Singleton
public final class Relay implements Stage {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration LOOK_OUT = Duration.ofMillis(100);
    private static final int LOOK_OUTS_PER_FULL_LOOK = 50;
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(10);
    /** More than that is an outage anyhow, and counting is to stay cheap in one. */
    private static final int MOST_TO_COUNT = 100_000;

    private final Database database;
    private final RelayDriver driver;
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicLong size = new AtomicLong();
    private volatile boolean running;

    private record Found(long first, long ageMillis) {}

    Relay(
            Database database,
            Producer<String, byte[]> producer,
            @Value("${micronaut.application.name}") String service,
            MeterRegistry metrics) {
        this.database = database;
        this.driver = new RelayDriver(new RelayPass(database, producer, "/escale/" + service));
        Gauge.builder("escale.outbox.oldest.seconds", oldestMillis, age -> age.get() / 1000.0)
                .description("Age of the oldest event that is decided but not yet told")
                .register(metrics);
        Gauge.builder("escale.outbox.size", size, AtomicLong::get)
                .description("Events that are decided but not yet told, counted up to a hundred thousand")
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
        driver.start();
        Thread.ofVirtual().name("relay-look-out").start(this::lookOut);
    }

    /** What is left is told now, so that nobody has to wait for another instance's look-out. */
    @Override
    public void stop() throws InterruptedException {
        running = false;
        driver.stop();
        if (!driver.awaitStop(LONGEST_FLUSH)) {
            log.warn("Events stay in the outbox until an instance comes back");
        }
    }

    /** This row waits now, and what was written with it. */
    void wake(long lowest) {
        driver.wake(lowest);
    }

    private void lookOut() {
        for (var look = 0; running; look = (look + 1) % LOOK_OUTS_PER_FULL_LOOK) {
            try {
                Thread.sleep(LOOK_OUT);
                look(look == 0);
                if (look == 0) {
                    size.set(count());
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException | Error away) {
                log.debug("Could not look for untold events", away);
            }
        }
    }

    /** The first row that waits above the floor; now and then below it too. */
    private void look(boolean everywhere) {
        var found = database.read(tx -> tx.first(
                """
                select id, extract(epoch from clock_timestamp() - created_at) * 1000 as age_millis
                from outbox where id > ? order by id limit 1
                """, row -> new Found(row.getLong("id"), row.getLong("age_millis")), everywhere ? 0L : driver.floor()));
        oldestMillis.set(found.map(Found::ageMillis).orElse(0L));
        found.ifPresent(waiting -> driver.wake(waiting.first()));
    }

    private long count() {
        return database.read(tx -> tx.first(
                        "select count(*) from (select from outbox limit ?) as waiting",
                        row -> row.getLong(1),
                        MOST_TO_COUNT))
                .orElseThrow();
    }
}
