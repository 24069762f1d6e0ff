package escale.payment.sql;

import escale.payment.Outage;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One row per outage, whatever the number of workers that suffer it. */
@Singleton
public final class Outages {
    private static final Duration GONE_AFTER = Duration.ofSeconds(10);

    /** How this worker's breaker stands. Also the sign that the worker lives. */
    public void report(Transaction tx, String instance, boolean closed) throws SQLException {
        tx.update("""
                insert into worker_breaker as w (instance, closed, changed_at, seen_at)
                values (?, ?, clock_timestamp(), clock_timestamp())
                on conflict (instance) do update
                set closed = excluded.closed, seen_at = excluded.seen_at,
                    changed_at = case when w.closed = excluded.closed then w.changed_at else excluded.changed_at end
                """, instance, closed);
    }

    /** The outage that begins with this; empty when one is under way. */
    public Optional<Outage> open(Transaction tx, UUID id, String cause) throws SQLException {
        return tx.first("""
                insert into outage (id, cause) values (?, ?)
                on conflict ((true)) where closed_at is null do nothing
                returning *
                """, Outages::outage, id, cause);
    }

    /** Ends the outage once every living worker's breaker has been closed for so long. */
    public Optional<Outage> close(Transaction tx, Duration calm) throws SQLException {
        return tx.first("""
                update outage set closed_at = clock_timestamp()
                where closed_at is null and not exists (
                    select from worker_breaker
                    where seen_at > clock_timestamp() - ? * interval '1 ms'
                      and (not closed or changed_at > clock_timestamp() - ? * interval '1 ms'))
                returning *
                """, Outages::outage, GONE_AFTER.toMillis(), calm.toMillis());
    }

    public Optional<Outage> current(Transaction tx) throws SQLException {
        return tx.first("select * from outage where closed_at is null", Outages::outage);
    }

    /** Whether every living worker's breaker is closed. */
    public boolean allClosed(Transaction tx) throws SQLException {
        return tx.first(
                        "select 1 from worker_breaker where not closed and seen_at > clock_timestamp() - ? * interval '1 ms'",
                        row -> true,
                        GONE_AFTER.toMillis())
                .isEmpty();
    }

    private static Outage outage(ResultSet row) throws SQLException {
        return new Outage(
                row.getObject("id", UUID.class),
                Objects.requireNonNull(row.getString("cause")),
                Objects.requireNonNull(Transaction.instant(row, "opened_at")),
                Transaction.instant(row, "closed_at"));
    }
}
