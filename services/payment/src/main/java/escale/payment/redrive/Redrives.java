package escale.payment.redrive;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.payment.cases.Filter;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The redrives as rows. */
@Singleton
public final class Redrives {
    private static final String SHOWN = """
            select r.*,
                (select string_agg(outcome || ' ' || n, ',') from (
                    select outcome, count(*) as n from redrive_letter
                    where redrive_id = r.id and outcome is not null group by outcome) o) as outcomes,
                (select string_agg(cause || ' ' || n, ',') from (
                    select coalesce(cause, 'unknown') as cause, count(*) as n from redrive_letter
                    where redrive_id = r.id and outcome = 'FAILED' group by 1) c) as causes
            from redrive r
            """;

    private final Database database;

    Redrives(Database database) {
        this.database = database;
    }

    public Optional<Redrive> find(UUID id) {
        return database.read(tx -> find(tx, id));
    }

    Optional<Redrive> find(Transaction tx, UUID id) throws SQLException {
        return tx.first(SHOWN + "where r.id = ?", Redrives::redrive, id);
    }

    /** Newest first. */
    public List<Redrive> list(@Nullable Instant before, @Nullable UUID beforeId, int rows) {
        return database.read(tx -> tx.query(SHOWN + """
                where ?::timestamptz is null or (r.started_at, r.id) < (?, ?)
                order by r.started_at desc, r.id desc limit ?
                """, Redrives::redrive, before, before, beforeId, rows));
    }

    /** What an operator wants, before anybody has looked whether it makes sense. */
    record Wish(UUID id, String operator, String key, byte[] hash, String note, String wanted, int rate, int stopAt) {}

    /** What this operator asked for under the same key before. */
    Optional<Map.Entry<UUID, byte[]>> underKey(Transaction tx, String operator, String key) throws SQLException {
        return tx.first(
                "select id, request_hash from redrive where operator = ? and idempotency_key = ?",
                row -> Map.entry(row.getObject("id", UUID.class), requireNonNull(row.getBytes("request_hash"))),
                operator,
                key);
    }

    Optional<UUID> running(Transaction tx) throws SQLException {
        return tx.first("select id from redrive where state = 'RUNNING'", row -> row.getObject("id", UUID.class));
    }

    /** How many letters it is about; none where another is running, or there are none. The oldest come first. */
    int start(Transaction tx, Wish wish, Filter filter, int most, Trace trace) throws SQLException {
        var started = tx.update(
                """
                insert into redrive (id, operator, idempotency_key, request_hash, note, wanted, rate, stop_at, letters,
                    traceparent, request_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                on conflict do nothing
                """,
                wish.id,
                wish.operator,
                wish.key,
                wish.hash,
                wish.note,
                wish.wanted,
                wish.rate,
                wish.stopAt,
                trace.traceparent(),
                trace.requestId());
        if (started == 0) {
            return 0;
        }
        var letters = tx.update(
                """
                insert into redrive_letter (redrive_id, position, dead_letter_id, seen)
                select ?, row_number() over (order by d.created_at, d.id), d.id, d.version
                from dead_letter d where
                """ + Filter.SQL + "order by d.created_at, d.id limit ?",
                filter.open().and(List.of(wish.id), most));
        if (letters == 0) {
            tx.update("delete from redrive where id = ?", wish.id);
        } else {
            tx.update("update redrive set letters = ? where id = ?", letters, wish.id);
        }
        return letters;
    }

    /** No letter is replayed any more; what is under way ends as it ends. False where it was over already. */
    boolean cancel(Transaction tx, UUID id, String operator) throws SQLException {
        return tx.update("""
                update redrive set state = 'CANCELLED', why = ?, ended_at = clock_timestamp()
                where id = ? and state = 'RUNNING'
                """, "cancelled by " + operator, id) == 1;
    }

    /** The one whose next step is due, if no other instance is at it: locked until the end of the transaction. */
    Optional<Redrive> due(Transaction tx) throws SQLException {
        var id = tx.first("""
                select id from redrive
                where (state = 'RUNNING' or unheard > 0) and next_step_at <= clock_timestamp()
                order by next_step_at limit 1
                for update skip locked
                """, row -> row.getObject("id", UUID.class));
        return id.isEmpty() ? Optional.empty() : find(tx, id.get());
    }

    void beginBatch(Transaction tx, UUID id, int batch, int size) throws SQLException {
        tx.update("""
                update redrive set batch = ?, batch_size = ?, batch_at = clock_timestamp() where id = ? and batch <> ?
                """, batch, size, id, batch);
    }

    void end(Transaction tx, UUID id, Redrive.State state, @Nullable String why) throws SQLException {
        tx.update("""
                update redrive set state = ?, why = ?, ended_at = clock_timestamp() where id = ? and state = 'RUNNING'
                """, state, why, id);
    }

    void stepped(Transaction tx, UUID id, String instance, Duration pause) throws SQLException {
        tx.update("""
                update redrive
                set stepped_by = ?, next_step_at = clock_timestamp() + ? * interval '1 ms',
                    unheard = (select count(*) from redrive_letter
                        where redrive_id = redrive.id and batch is not null and outcome is null)
                where id = ?
                """, instance, pause.toMillis(), id);
    }

    private static Redrive redrive(ResultSet row) throws SQLException {
        var outcomes = new EnumMap<Redrive.Outcome, Integer>(Redrive.Outcome.class);
        counts(row.getString("outcomes")).forEach((name, n) -> outcomes.put(Redrive.Outcome.valueOf(name), n));
        return new Redrive(
                row.getObject("id", UUID.class),
                requireNonNull(row.getString("operator")),
                requireNonNull(row.getString("note")),
                requireNonNull(row.getString("wanted")),
                row.getInt("rate"),
                row.getInt("stop_at"),
                row.getInt("letters"),
                Redrive.State.valueOf(row.getString("state")),
                row.getString("why"),
                row.getInt("batch"),
                row.getInt("batch_size"),
                row.getInt("unheard"),
                row.getString("stepped_by"),
                new Trace(requireNonNull(row.getString("traceparent")), requireNonNull(row.getString("request_id"))),
                requireNonNull(instant(row, "started_at")),
                instant(row, "ended_at"),
                outcomes,
                counts(row.getString("causes")));
    }

    private static Map<String, Integer> counts(@Nullable String text) {
        var counts = new TreeMap<String, Integer>();
        if (text != null) {
            Arrays.stream(text.split(",", -1))
                    .map(each -> each.split(" ", -1))
                    .forEach(each -> counts.put(each[0], Integer.parseInt(each[1])));
        }
        return counts;
    }
}
