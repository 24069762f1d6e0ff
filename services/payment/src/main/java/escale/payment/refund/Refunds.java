package escale.payment.refund;

import escale.payment.Doubt;
import escale.payment.sql.PaymentRow;
import escale.runtime.Ids;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The refunds as rows. A round takes each under a lease; its result counts once. */
@Singleton
public final class Refunds {
    /** Longer than the longest call; a worker that died in it left its refund to the next round after this. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    /** The provider forgets keys after a day; an hour before that we no longer rely on one. */
    private static final Duration KEY_IS_GOOD_FOR = Duration.ofHours(23);

    /** Nobody is about to call for it. */
    private static final String AS_IT_STANDS = """
            p.*, r.id as refund_id, r.amount as refund_amount, r.attempts, r.key_no as refund_key_no,
                r.doubt as refund_doubt, false as look_first, r.key_until as last_request
            """;

    private final Database database;
    private final TellRefunds tell;

    Refunds(Database database, TellRefunds tell) {
        this.database = database;
        this.tell = tell;
    }

    /** What is left of payments that were taken back and are paid; a repetition finds nothing left. */
    public void giveBack(Transaction tx, UUID... payments) {
        if (payments.length == 0) {
            return;
        }
        tx.updateLater("""
                insert into refund (id, payment_id, amount, reason)
                select uuidv7(), p.id, p.amount - r.given_back, p.cancel_reason
                from payment as p
                cross join lateral (
                    select coalesce(sum(amount), 0) as given_back from refund where payment_id = p.id) as r
                where p.id = any (?) and p.state = 'PAID' and p.cancel_reason is not null and p.amount > r.given_back
                """, (Object) payments);
    }

    /**
     * One at a time, right before its call: one that waits behind slow calls would outlive its lease. From here on a request
     * may have been made: should the worker die, whoever is next is in doubt.
     */
    Optional<Refund> next() {
        return database.statement(tx -> tx.first("""
                with due as (
                    select id, doubt = 'ANSWERED' or key_since < clock_timestamp() - ? * interval '1 ms' as look_first
                    from refund
                    where state = 'WAITING' and next_attempt_at <= clock_timestamp()
                    order by next_attempt_at
                    limit 1
                    for update skip locked)
                update refund as r
                set attempts = r.attempts + 1, next_attempt_at = clock_timestamp() + ? * interval '1 ms',
                    doubt = case r.doubt when 'NONE' then 'SAME_KEY' else r.doubt end,
                    key_since = coalesce(r.key_since, clock_timestamp()),
                    key_until = case when due.look_first then r.key_until else clock_timestamp() end
                from due, payment as p
                where r.id = due.id and p.id = r.payment_id
                returning p.*, r.id as refund_id, r.amount as refund_amount, r.attempts, r.key_no as refund_key_no,
                    old.doubt as refund_doubt, coalesce(due.look_first, false) as look_first, old.key_until as last_request
                """, Refunds::refund, KEY_IS_GOOD_FOR.toMillis(), LEASE.toMillis()));
    }

    /** As it was given back; empty where it was not, or is no refund of ours. */
    public Optional<Refund> given(UUID id) {
        return database.read(tx -> tx.first("select " + AS_IT_STANDS + """
                from refund as r join payment as p on p.id = r.payment_id
                where r.id = ? and r.state = 'REFUNDED'
                """, Refunds::refund, id));
    }

    /** The bank returned it after it had been accepted. */
    public void cameBack(Refund refund, String cause) {
        database.transaction(tx -> refused(tx, refund, cause, "REFUNDED"));
    }

    /** A person has them tried again, each under a new key: what was refused is kept under the old one. */
    public Set<UUID> again(Transaction tx, UUID... refunds) throws SQLException {
        if (refunds.length == 0) {
            return Set.of();
        }
        return Set.copyOf(tx.query("""
                update refund
                set state = 'WAITING', next_attempt_at = clock_timestamp(), key_no = key_no + 1, doubt = 'NONE',
                    key_since = null, key_until = null, updated_at = clock_timestamp()
                where id = any (?) and state = 'REFUSED'
                returning id
                """, row -> row.getObject("id", UUID.class), (Object) refunds));
    }

    /** A person says so, with evidence. False where the provider has not refused it, or not for good. */
    public boolean wentBackOutside(Transaction tx, UUID id, String evidence) throws SQLException {
        var refund = tx.first("""
                update refund as r
                set state = 'REFUNDED', outside_evidence = ?, updated_at = clock_timestamp()
                from payment as p
                where p.id = r.payment_id and r.id = ? and r.state = 'REFUSED'
                returning
                """ + AS_IT_STANDS, Refunds::refund, evidence, id);
        if (refund.isPresent()) {
            tell.refunded(tx, refund.get());
        }
        return refund.isPresent();
    }

    void record(Refund refund, Refunding outcome, Duration pause) {
        database.transaction(tx -> switch (outcome) {
            case Refunding.Refunded(var providerId) -> done(tx, refund, providerId);
            case Refunding.Refused(var cause) -> refused(tx, refund, cause, "WAITING");
            case Refunding.Open open -> again(tx, refund, open, pause);
        });
    }

    private int done(Transaction tx, Refund refund, String providerId) throws SQLException {
        var changed = tx.update("""
                update refund set state = 'REFUNDED', provider_id = ?, cause = null, updated_at = clock_timestamp()
                where id = ? and state = 'WAITING'
                """, providerId, refund.id());
        if (changed == 1) {
            tell.refunded(tx, refund);
            tx.update("""
                    update dead_letter set state = 'SETTLED', version = version + 1, updated_at = clock_timestamp()
                    where refund_id = ? and state in ('OPEN', 'REPLAYING')
                    """, refund.id());
        }
        return changed;
    }

    /** A refund that will not be is a case, entered where it becomes one: no record of a topic led to it. */
    private int refused(Transaction tx, Refund refund, String cause, String from) throws SQLException {
        var changed = tx.update("""
                update refund set state = 'REFUSED', cause = ?, updated_at = clock_timestamp()
                where id = ? and state = ?
                """, cause, refund.id(), from);
        if (changed == 1) {
            tell.refused(tx, refund, cause);
            var payment = refund.payment();
            tx.update(
                    """
                    insert into dead_letter (id, payment_id, refund_id, booking_id, charge_no, cycle, original_topic,
                        original_partition, original_offset, type, cause, attempts, last_failure_at, headers)
                    values (?, ?, ?, ?, ?, ?, 'refunds', 0, 0, 'payment.refund', ?, ?, clock_timestamp(), '')
                    on conflict (refund_id) where refund_id is not null do update
                    set state = 'OPEN', cause = excluded.cause, attempts = excluded.attempts,
                        last_failure_at = excluded.last_failure_at, version = dead_letter.version + 1
                    """,
                    Ids.next(),
                    payment.order().paymentId(),
                    refund.id(),
                    payment.order().bookingId(),
                    payment.order().chargeNo(),
                    payment.cycle(),
                    cause,
                    refund.attempt());
        }
        return changed;
    }

    private static int again(Transaction tx, Refund refund, Refunding.Open open, Duration pause) throws SQLException {
        return tx.update(
                """
                update refund as r
                set next_attempt_at = clock_timestamp() + ? * interval '1 ms', key_no = next.key_no, doubt = ?, cause = ?,
                    key_since = case r.key_no when next.key_no then r.key_since end,
                    key_until = case r.key_no when next.key_no then r.key_until end, updated_at = clock_timestamp()
                from (select ?::int) as next (key_no)
                where r.id = ? and r.state = 'WAITING' and r.attempts = ?
                """, pause.toMillis(), open.doubt(), open.cause(), open.keyNo(), refund.id(), refund.attempt());
    }

    private static Refund refund(ResultSet row) throws SQLException {
        return new Refund(
                row.getObject("refund_id", UUID.class),
                PaymentRow.of(row),
                row.getLong("refund_amount"),
                row.getInt("attempts"),
                row.getInt("refund_key_no"),
                Doubt.valueOf(row.getString("refund_doubt")),
                row.getBoolean("look_first"),
                Transaction.instant(row, "last_request"));
    }
}
