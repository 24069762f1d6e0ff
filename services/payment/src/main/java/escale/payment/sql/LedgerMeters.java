package escale.payment.sql;

import escale.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** What operators watch of the ledger. Every instance shows the same, for it is one ledger. */
@Singleton
public final class LedgerMeters {
    private final Database database;
    private volatile Figures figures = new Figures(0, 0, 0, 0, 0, 0);

    private record Figures(
            long inFlight,
            double oldestInFlightSeconds,
            long waitingForRetry,
            long unproven,
            long openCases,
            long refundsWaiting) {}

    LedgerMeters(Database database, MeterRegistry metrics) {
        this.database = database;
        gauge(metrics, "escale.payments.in_flight", "Payments a worker is at", Figures::inFlight);
        gauge(
                metrics,
                "escale.payments.in_flight.oldest.seconds",
                "How long the longest of them has been under way",
                Figures::oldestInFlightSeconds);
        gauge(
                metrics,
                "escale.payments.retrying",
                "Payments that wait for a further attempt",
                Figures::waitingForRetry);
        gauge(metrics, "escale.payments.unproven", "Payments nobody knows the outcome of", Figures::unproven);
        gauge(metrics, "escale.dead_letters.open", "Cases that wait for a person", Figures::openCases);
        gauge(metrics, "escale.refunds.waiting", "Refunds the provider has not taken yet", Figures::refundsWaiting);
    }

    /** One round, every few seconds; both tables are read through indexes of what is unfinished. */
    public void count() {
        figures = database.read(tx -> tx.first(
                        """
                        select count(*) filter (where state = 'ATTEMPTING') as in_flight,
                            coalesce(extract(epoch from
                                max(clock_timestamp() - updated_at) filter (where state = 'ATTEMPTING')), 0) as oldest,
                            count(*) filter (where state = 'WAITING') as waiting,
                            count(*) filter (where state = 'UNPROVEN') as unproven,
                            (select count(*) from dead_letter where state = 'OPEN') as cases,
                            (select count(*) from refund where state = 'WAITING') as refunds
                        from payment
                        where state in ('WAITING', 'ATTEMPTING', 'UNPROVEN')
                        """,
                        row -> new Figures(
                                row.getLong("in_flight"),
                                row.getDouble("oldest"),
                                row.getLong("waiting"),
                                row.getLong("unproven"),
                                row.getLong("cases"),
                                row.getLong("refunds"))))
                .orElseThrow();
    }

    private void gauge(MeterRegistry metrics, String name, String description, ToDoubleFunction<Figures> figure) {
        Gauge.builder(name, this, meters -> figure.applyAsDouble(meters.figures))
                .description(description)
                .register(metrics);
    }
}
