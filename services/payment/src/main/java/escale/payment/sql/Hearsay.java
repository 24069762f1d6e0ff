package escale.payment.sql;

import static escale.sql.Columns.column;

import escale.payment.HearProvider.Notice.AboutPayment;
import escale.payment.Payment;
import escale.payment.State;
import escale.sql.Database;
import escale.sql.Lane;
import escale.sql.Transaction;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What the provider's messages find in the ledger. */
@Singleton
public final class Hearsay implements AutoCloseable {
    private static final Duration ASK_EVERY = Duration.ofSeconds(30);
    private static final Duration REMEMBER_FOR = Duration.ofDays(30);

    /** No worker is at it, and this event has not been heard before. */
    private static final String OPEN = """
            p.state <> 'PAID' and not (p.state = 'ATTEMPTING' and p.lease_until > clock_timestamp())
                and not exists (select from webhook_event where id = n.event)""";

    private final Database database;
    private final Lane<AboutPayment, Look> looks;

    /** What to do about a message. */
    public sealed interface Advice {}

    /** More came at once than can be looked up. */
    public record TooMany() implements Advice {}

    public record Unknown() implements Advice {}

    /** Heard before, settled already, or a worker is at it and will hear for itself. */
    public record NothingOpen() implements Advice {}

    /** Claimed for one question, under a new fence. */
    public record Ask(Payment payment, State state) implements Advice {}

    private enum Look {
        UNKNOWN,
        OPEN,
        NOTHING_OPEN
    }

    Hearsay(Database database) {
        this.database = database;
        this.looks = new Lane<>("webhooks", 4_096, 200, this::look);
    }

    /** Nearly all messages are about what a worker knows already: one look tells, and leaves the ledger alone. */
    public Advice consider(AboutPayment notice) {
        try {
            return switch (looks.submit(notice)) {
                case UNKNOWN -> new Unknown();
                case OPEN -> claim(notice);
                case NOTHING_OPEN -> new NothingOpen();
            };
        } catch (Lane.Full _) {
            return new TooMany();
        }
    }

    private List<Look> look(List<AboutPayment> notices) {
        return database.read(tx -> tx.query(
                "select " + OPEN + """
                 as open, p.id is not null as known
                from unnest(?::text[], ?::uuid[]) with ordinality as n (event, payment, place)
                left join payment as p on p.id = n.payment
                order by n.place
                """,
                row -> row.getBoolean("known") ? row.getBoolean("open") ? Look.OPEN : Look.NOTHING_OPEN : Look.UNKNOWN,
                column(notices, AboutPayment::eventId, String[]::new),
                column(notices, AboutPayment::paymentId, UUID[]::new)));
    }

    private Advice claim(AboutPayment notice) {
        return database.statement(tx -> tx.first(
                        """
                        update payment as p set fence = p.fence + 1
                        from (select ?::text) as n (event)
                        where p.id = ? and\s""" + OPEN + " returning p.*",
                        row -> new Ask(PaymentRow.of(row), State.valueOf(row.getString("state"))),
                        notice.eventId(),
                        notice.paymentId()))
                .<Advice>map(ask -> ask)
                .orElseGet(NothingOpen::new);
    }

    @Override
    @PreDestroy
    public void close() {
        looks.close();
    }

    public void remember(Transaction tx, AboutPayment notice) throws SQLException {
        tx.update(
                "insert into webhook_event (id, payment_id) values (?, ?) on conflict do nothing",
                notice.eventId(),
                notice.paymentId());
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
