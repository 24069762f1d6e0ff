package escale.payment.sql;

import escale.payment.HearProvider.Notice.AboutPayment;
import escale.payment.Payment;
import escale.payment.State;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What the provider's messages find in the ledger. */
@Singleton
public final class Hearsay {
    private static final Duration ASK_EVERY = Duration.ofSeconds(30);
    private static final Duration REMEMBER_FOR = Duration.ofDays(30);

    /** No worker is at it, and this event has not been heard before. */
    private static final String OPEN = """
            p.state <> 'PAID' and not (p.state = 'ATTEMPTING' and p.lease_until > clock_timestamp())
                and not exists (select from webhook_event where id = ?)""";

    private final Database database;

    /** What to do about a message. */
    public sealed interface Advice {}

    public record Unknown() implements Advice {}

    /** Heard before, settled already, or a worker is at it and will hear for itself. */
    public record NothingOpen() implements Advice {}

    /** Claimed for one question, under a new fence. */
    public record Ask(Payment payment, State state) implements Advice {}

    Hearsay(Database database) {
        this.database = database;
    }

    /** Nearly all messages are about what a worker knows already: one look tells, and leaves the ledger alone. */
    public Advice consider(AboutPayment notice) {
        var open = database.read(tx -> tx.first(
                "select " + OPEN + " from payment as p where p.id = ?",
                row -> row.getBoolean(1),
                notice.eventId(),
                notice.paymentId()));
        if (open.isEmpty()) {
            return new Unknown();
        }
        return open.get() ? claim(notice) : new NothingOpen();
    }

    private Advice claim(AboutPayment notice) {
        return database.statement(tx -> tx.first(
                        "update payment as p set fence = p.fence + 1 where " + OPEN + " and p.id = ? returning p.*",
                        row -> new Ask(PaymentRow.of(row), State.valueOf(row.getString("state"))),
                        notice.eventId(),
                        notice.paymentId()))
                .<Advice>map(ask -> ask)
                .orElseGet(NothingOpen::new);
    }

    /** False when another delivery of the same event was first. */
    public boolean remember(Transaction tx, AboutPayment notice) throws SQLException {
        return tx.update(
                        "insert into webhook_event (id, payment_id) values (?, ?) on conflict do nothing",
                        notice.eventId(),
                        notice.paymentId())
                == 1;
    }

    public List<Payment> waitingForTraveller() {
        return database.transaction(tx -> tx.query("""
                update payment as p
                set fence = p.fence + 1, next_attempt_at = clock_timestamp() + ? * interval '1 ms'
                where p.id in (
                    select id from payment
                    where state = 'ACTION_REQUIRED' and cancel_reason is null
                      and coalesce(lease_until, next_attempt_at, updated_at + ? * interval '1 ms') < clock_timestamp()
                    limit 20
                    for update skip locked)
                returning p.*
                """, PaymentRow::of, ASK_EVERY.toMillis(), ASK_EVERY.toMillis()));
    }

    /** The provider repeats itself for three days at most. */
    public void forgetOld() {
        database.transaction(tx -> tx.update(
                "delete from webhook_event where heard_at < clock_timestamp() - ? * interval '1 ms'",
                REMEMBER_FOR.toMillis()));
    }
}
