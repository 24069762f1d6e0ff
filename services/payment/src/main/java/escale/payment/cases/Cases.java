package escale.payment.cases;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.messaging.Envelope;
import escale.payment.Origin;
import escale.payment.Ticket;
import escale.sql.Database;
import escale.sql.Transaction;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The dead letters as rows: one case each, with everything that was done about it. */
@Singleton
public final class Cases {
    private final Database database;

    /** Who did what to a case, and when. */
    @Serdeable
    public record Entry(Instant at, String actor, String action, String detail) {}

    /** Open cases of one cause. */
    @Serdeable
    public record Group(String cause, @Nullable String currency, int cases, long amount, Instant oldest) {}

    /** The last row of the page before. */
    public record After(Instant createdAt, UUID id) {}

    public Cases(Database database) {
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
                insert into dead_letter (id, payment_id, booking_id, charge_no, cycle, record_key, original_topic,
                    original_partition, original_offset, type, cause, attempts, first_failure_at, last_failure_at,
                    payload, headers, state)
                select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    case when exists (
                        select from payment
                        where id = ? and (cycle > ? or state in ('PAID', 'DECLINED', 'ACTION_REQUIRED', 'CANCELLED')))
                    then 'SETTLED' else 'OPEN' end
                on conflict do nothing
                """,
                letter.id(),
                ticket == null ? null : ticket.paymentId(),
                letter.bookingId(),
                ticket == null ? null : ticket.chargeNo(),
                ticket == null ? null : ticket.cycle(),
                letter.key(),
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
        return database.read(tx -> tx.first("select * from dead_letter where id = ?", Cases::letter, id));
    }

    /** Newest first. */
    public List<DeadLetter> list(Filter filter, @Nullable After after, int rows) {
        return database.search(tx -> tx.query(
                "select * from dead_letter d where " + Filter.SQL + """
                          and (?::timestamptz is null or (d.created_at, d.id) < (?, ?))
                        order by d.created_at desc, d.id desc
                        limit ?
                        """,
                Cases::letter,
                filter.and(
                        List.of(),
                        after == null ? null : after.createdAt(),
                        after == null ? null : after.createdAt(),
                        after == null ? null : after.id(),
                        rows)));
    }

    List<DeadLetter> lock(Transaction tx, Collection<UUID> ids) throws SQLException {
        return tx.query("select * from dead_letter where id = any (?) order by id for update", Cases::letter, (Object)
                ids.toArray(UUID[]::new));
    }

    /** One line of the history of each, whoever acted. */
    List<DeadLetter> enter(Transaction tx, Map<UUID, Casework.After.Stands> standing, Deed deed) throws SQLException {
        if (standing.isEmpty()) {
            return List.of();
        }
        var ids = standing.keySet().toArray(UUID[]::new);
        tx.update("""
                insert into dead_letter_action (dead_letter_id, actor, action, detail)
                select id, ?, ?, ? from unnest(?::uuid[]) as each (id)
                """, deed.actor(), deed.action(), deed.detail(), ids);
        return tx.query(
                """
                update dead_letter as d
                set state = s.state, owner = s.owner, version = d.version + 1, updated_at = clock_timestamp()
                from unnest(?::uuid[], ?::text[], ?::text[]) as s (id, state, owner)
                where d.id = s.id
                returning d.*
                """,
                Cases::letter,
                ids,
                Arrays.stream(ids)
                        .map(id -> requireNonNull(standing.get(id)).status().name())
                        .toArray(String[]::new),
                Arrays.stream(ids)
                        .map(id -> requireNonNull(standing.get(id)).owner())
                        .toArray(String[]::new));
    }

    Optional<Entry> lastDeed(Transaction tx, UUID id) throws SQLException {
        return tx.first(
                "select * from dead_letter_action where dead_letter_id = ? order by id desc limit 1", Cases::entry, id);
    }

    public List<Entry> history(UUID id) {
        return database.read(tx ->
                tx.query("select * from dead_letter_action where dead_letter_id = ? order by id", Cases::entry, id));
    }

    /** How many open cases there are of each cause, and how much money they are about. */
    public List<Group> groups() {
        return database.read(tx -> tx.query(
                """
                select d.cause, p.currency, count(*) as cases, coalesce(sum(p.amount), 0) as amount,
                    min(d.created_at) as oldest
                from dead_letter d left join payment p on p.id = d.payment_id
                where d.state = 'OPEN'
                group by d.cause, p.currency
                order by cases desc, d.cause
                """,
                row -> new Group(
                        requireNonNull(row.getString("cause")),
                        row.getString("currency"),
                        row.getInt("cases"),
                        row.getLong("amount"),
                        requireNonNull(instant(row, "oldest")))));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                requireNonNull(instant(row, "at")),
                requireNonNull(row.getString("actor")),
                requireNonNull(row.getString("action")),
                requireNonNull(row.getString("detail")));
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        var paymentId = row.getObject("payment_id", UUID.class);
        return new DeadLetter(
                row.getObject("id", UUID.class),
                paymentId == null ? null : new Ticket(paymentId, row.getInt("charge_no"), row.getInt("cycle"), 1, null),
                row.getObject("refund_id", UUID.class),
                row.getObject("booking_id", UUID.class),
                row.getString("record_key"),
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
                row.getString("owner"),
                row.getInt("version"),
                requireNonNull(instant(row, "created_at")));
    }
}
