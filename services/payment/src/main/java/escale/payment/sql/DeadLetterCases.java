package escale.payment.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.messaging.Envelope;
import escale.payment.DeadLetter;
import escale.payment.Origin;
import escale.payment.Payment;
import escale.payment.Ticket;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The dead letters as rows: one case each, with everything that was done about it. */
@Singleton
public final class DeadLetterCases {
    private final Database database;

    /** Which ones are wanted, newest first; null is any. */
    public record Filter(
            DeadLetter.@Nullable Status status,
            @Nullable String cause,
            @Nullable UUID bookingId) {}

    /** The last row of the page before. */
    public record After(Instant createdAt, UUID id) {}

    public DeadLetterCases(Database database) {
        this.database = database;
    }

    /**
     * Once per payment and cycle, or per record where nobody can tell the payment; a repeated record changes nothing. A
     * letter that arrives after its payment was settled is a case no more.
     */
    public void open(DeadLetter letter) {
        var ticket = letter.payment();
        database.transaction(tx -> tx.update(
                """
                insert into dead_letter (id, payment_id, booking_id, charge_no, cycle, original_topic,
                    original_partition, original_offset, type, cause, attempts, first_failure_at, last_failure_at,
                    payload, headers, state)
                select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    case when exists (
                        select from payment
                        where id = ? and (cycle > ? or state not in ('FAILED', 'UNPROVEN')))
                    then 'SETTLED' else 'OPEN' end
                on conflict do nothing
                """,
                letter.id(),
                ticket == null ? null : ticket.paymentId(),
                letter.bookingId(),
                ticket == null ? null : ticket.chargeNo(),
                ticket == null ? null : ticket.cycle(),
                letter.origin().topic(),
                letter.origin().partition(),
                letter.origin().offset(),
                letter.type(),
                letter.cause(),
                letter.attempts(),
                letter.firstFailureAt(),
                letter.lastFailureAt(),
                letter.payload(),
                Envelope.toLines(letter.headers()),
                ticket == null ? null : ticket.paymentId(),
                ticket == null ? null : ticket.cycle()));
    }

    public Optional<DeadLetter> find(UUID id) {
        return database.read(tx -> tx.first("select * from dead_letter where id = ?", DeadLetterCases::letter, id));
    }

    public List<DeadLetter> list(Filter filter, @Nullable After after, int rows) {
        return database.read(tx -> tx.query(
                """
                select * from dead_letter
                where (?::text is null or state = ?) and (?::text is null or cause = ?)
                  and (?::uuid is null or booking_id = ?)
                  and (?::timestamptz is null or (created_at, id) < (?, ?))
                order by created_at desc, id desc
                limit ?
                """,
                DeadLetterCases::letter,
                filter.status(),
                filter.status(),
                filter.cause(),
                filter.cause(),
                filter.bookingId(),
                filter.bookingId(),
                after == null ? null : after.createdAt(),
                after == null ? null : after.createdAt(),
                after == null ? null : after.id(),
                rows));
    }

    public Optional<DeadLetter> lock(Transaction tx, UUID id) throws SQLException {
        return tx.first("select * from dead_letter where id = ? for update", DeadLetterCases::letter, id);
    }

    /** The payment at the start of a new cycle; empty when it has been settled or is being tried. */
    public Optional<Payment> beginCycle(Transaction tx, UUID paymentId) throws SQLException {
        return tx.first("""
                update payment
                set state = 'WAITING', cycle = cycle + 1, attempt = 0, fence = fence + 1, lease_until = null,
                    next_attempt_at = clock_timestamp(), first_failure_at = null, updated_at = clock_timestamp()
                where id = ? and state in ('FAILED', 'UNPROVEN') and cancel_reason is null
                returning *
                """, PaymentRow::of, paymentId);
    }

    public DeadLetter mark(Transaction tx, UUID id, DeadLetter.Status status, String actor, String action)
            throws SQLException {
        tx.update("insert into dead_letter_action (dead_letter_id, actor, action) values (?, ?, ?)", id, actor, action);
        return tx.first("""
                        update dead_letter
                        set state = ?, version = version + 1, updated_at = clock_timestamp()
                        where id = ?
                        returning *
                        """, DeadLetterCases::letter, status, id).orElseThrow();
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        var paymentId = row.getObject("payment_id", UUID.class);
        return new DeadLetter(
                row.getObject("id", UUID.class),
                paymentId == null ? null : new Ticket(paymentId, row.getInt("charge_no"), row.getInt("cycle"), 1, null),
                row.getObject("refund_id", UUID.class),
                row.getObject("booking_id", UUID.class),
                new Origin(
                        requireNonNull(row.getString("original_topic")),
                        row.getInt("original_partition"),
                        row.getLong("original_offset")),
                requireNonNull(row.getString("type")),
                requireNonNull(row.getString("cause")),
                row.getInt("attempts"),
                instant(row, "first_failure_at"),
                requireNonNull(instant(row, "last_failure_at")),
                row.getBytes("payload"),
                Envelope.fromLines(requireNonNull(row.getString("headers"))),
                DeadLetter.Status.valueOf(row.getString("state")),
                row.getInt("version"),
                requireNonNull(instant(row, "created_at")));
    }
}
