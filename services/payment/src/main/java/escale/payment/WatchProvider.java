package escale.payment;

import escale.messaging.Event;
import escale.messaging.Json;
import escale.messaging.Outbox;
import escale.payment.sql.Outages;
import escale.runtime.Ids;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import io.micronaut.context.annotation.Value;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the workers' breakers into one outage with a beginning and an end, told once each. Where nobody calls the
 * provider any more it is asked for a sign of life, so that an outage ends although no payment waits.
 */
@Singleton
final class WatchProvider {
    private static final Logger log = LoggerFactory.getLogger(WatchProvider.class);
    private static final Duration CALM = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final String KEY = "outage";

    private final Database database;
    private final Outages outages;
    private final Outbox outbox;
    private final ProviderBreaker breaker;
    private final PaymentProvider provider;
    private final Json json;
    private final String instance;

    @Serdeable
    record OutageEvent(
            UUID outageId, Instant since, @Nullable Instant until) {}

    WatchProvider(
            Database database,
            Outages outages,
            Outbox outbox,
            ProviderBreaker breaker,
            PaymentProvider provider,
            Json json,
            @Value("${escale.instance}") String instance) {
        this.database = database;
        this.outages = outages;
        this.outbox = outbox;
        this.breaker = breaker;
        this.provider = provider;
        this.json = json;
        this.instance = instance;
    }

    /** One look, every second. */
    void look() {
        if (!breaker.closed() && breaker.quietFor(QUIET)) {
            askForASignOfLife();
        }
        var closed = breaker.closed();
        database.transaction(tx -> {
            outages.report(tx, instance, closed);
            if (closed) {
                tell(tx, "payment.outage-ended", outages.close(tx, CALM));
            } else {
                tell(tx, "payment.outage-started", outages.open(tx, Ids.next(), "provider"));
            }
            return closed;
        });
    }

    private void askForASignOfLife() {
        if (breaker.enter()) {
            try (var call = breaker.begin()) {
                call.answered(provider.answers());
            }
        }
    }

    private void tell(Transaction tx, String type, Optional<Outage> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        var outage = changed.get();
        log.warn("{} {}", type, outage);
        var body = new OutageEvent(outage.id(), outage.since(), outage.until());
        outbox.add(tx, List.of(new Event(Telling.TOPIC, KEY, type, json.write(body), new Trace("", ""))));
    }
}
