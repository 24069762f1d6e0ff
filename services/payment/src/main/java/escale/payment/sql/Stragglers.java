package escale.payment.sql;

import escale.payment.Payment;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Payments that stand still. Several reconcilers may look at once: each row goes to one of them. */
@Singleton
public final class Stragglers {
    private final Database database;

    /** A payment that should have moved, and the attempt it waits for. */
    public record Overdue(Payment payment, int nextAttempt) {}

    public Stragglers(Database database) {
        this.database = database;
    }

    /** Its time is reset, so that it is overdue again only if nothing comes of the new ticket either. */
    public List<Overdue> overdue(Transaction tx, Duration by) throws SQLException {
        return tx.query("""
                update payment as p
                set next_attempt_at = case p.state when 'WAITING' then clock_timestamp() end,
                    lease_until = case p.state when 'ATTEMPTING' then clock_timestamp() end
                where p.id in (
                    select id from payment
                    where state in ('WAITING', 'ATTEMPTING') and cancel_reason is null
                      and coalesce(lease_until, next_attempt_at) < clock_timestamp() - ? * interval '1 ms'
                    order by coalesce(lease_until, next_attempt_at)
                    limit 200
                    for update skip locked)
                returning p.*, case p.state when 'WAITING' then p.attempt + 1 else p.attempt end as next_attempt
                """, row -> new Overdue(PaymentRow.of(row), row.getInt("next_attempt")), by.toMillis());
    }

    /** Claimed for one question each: a new fence, and not again for a while. */
    public List<Payment> unproven(Duration again) {
        return database.transaction(tx -> tx.query("""
                update payment as p
                set fence = p.fence + 1, next_attempt_at = clock_timestamp() + ? * interval '1 ms'
                where p.id in (
                    select id from payment
                    where state = 'UNPROVEN' and cancel_reason is null
                      and (next_attempt_at is null or next_attempt_at < clock_timestamp())
                    order by next_attempt_at nulls first
                    limit 20
                    for update skip locked)
                returning p.*
                """, PaymentRow::of, again.toMillis()));
    }

    /**
     * Taken back while something was open about them. Whoever attempted and has not come back within its lease leaves a
     * doubt behind.
     */
    public List<Payment> takenBack(Duration again) {
        return database.transaction(tx -> tx.query("""
                update payment as p
                set fence = p.fence + 1, lease_until = null, next_attempt_at = clock_timestamp() + ? * interval '1 ms',
                    doubt = case p.state when 'ATTEMPTING' then 'SAME_KEY' else p.doubt end,
                    state = case p.state when 'ATTEMPTING' then 'WAITING' else p.state end
                where p.id in (
                    select id from payment
                    where cancel_reason is not null
                      and state in ('WAITING', 'ATTEMPTING', 'ACTION_REQUIRED', 'UNPROVEN')
                      and coalesce(lease_until, next_attempt_at) < clock_timestamp()
                    order by coalesce(lease_until, next_attempt_at)
                    limit 100
                    for update skip locked)
                returning p.*
                """, PaymentRow::of, again.toMillis()));
    }
}
