package escale.booking.sql;

import static escale.sql.Columns.column;
import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.booking.Heard;
import escale.booking.PaymentNews.Source;
import escale.booking.Status;
import escale.sql.Database;
import escale.sql.Later;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to each booking, line by line. */
@Singleton
public final class Timelines {
    private static final int MOST_AT_ONCE = 1_000;

    private final Database database;

    Timelines(Database database) {
        this.database = database;
    }

    /** How many were not there before: what is heard again adds nothing. */
    public Later<Integer> add(Transaction tx, List<Heard> heard) {
        return tx.updateLater(
                """
                insert into timeline (booking_id, event, at, type, status, charge_no, attempt, cycle, cause,
                    next_attempt_at, worker, topic, partition, record, trace_id)
                select * from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::int[],
                    ?::int[], ?::int[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::int[], ?::bigint[],
                    ?::text[])
                on conflict do nothing
                """,
                column(heard, Heard::bookingId, UUID[]::new),
                column(heard, Heard::event, String[]::new),
                column(heard, Heard::at, Instant[]::new),
                column(heard, Heard::type, String[]::new),
                column(heard, h -> h.status() == null ? null : h.status().name(), String[]::new),
                column(heard, Heard::chargeNo, Integer[]::new),
                column(heard, Heard::attempt, Integer[]::new),
                column(heard, Heard::cycle, Integer[]::new),
                column(heard, Heard::cause, String[]::new),
                column(heard, Heard::nextAttemptAt, Instant[]::new),
                column(heard, Heard::worker, String[]::new),
                column(heard, h -> h.source() == null ? null : h.source().topic(), String[]::new),
                column(heard, h -> h.source() == null ? null : h.source().partition(), Integer[]::new),
                column(heard, h -> h.source() == null ? null : h.source().offset(), Long[]::new),
                column(heard, h -> traceId(h.traceparent()), String[]::new));
    }

    /** Oldest first. */
    public List<Entry> of(UUID bookingId) {
        return database.read(tx -> tx.query(
                "select * from timeline where booking_id = ? order by at, event", Timelines::entry, bookingId));
    }

    /** Those of bookings made before: a booking's id tells when it was made, so the primary key finds them. */
    public void forgetBefore(Instant then) {
        var first = new UUID(then.toEpochMilli() << 16, 0);
        var found = MOST_AT_ONCE;
        while (found == MOST_AT_ONCE) {
            found = database.transaction(tx -> tx.update("""
                    delete from timeline where ctid = any (array(
                        select ctid from timeline where booking_id < ? order by booking_id limit ?))
                    """, first, MOST_AT_ONCE));
        }
    }

    /** A line as it is shown. */
    public record Entry(
            Instant at,
            String type,
            @Nullable Status status,
            @Nullable Integer chargeNo,
            @Nullable Integer attempt,
            @Nullable Integer cycle,
            @Nullable String cause,
            @Nullable Instant nextAttemptAt,
            @Nullable String worker,
            @Nullable Source source,
            @Nullable String traceId) {}

    private static Entry entry(ResultSet row) throws SQLException {
        var status = row.getString("status");
        var topic = row.getString("topic");
        return new Entry(
                requireNonNull(instant(row, "at")),
                requireNonNull(row.getString("type")),
                status == null ? null : Status.valueOf(status),
                row.getObject("charge_no", Integer.class),
                row.getObject("attempt", Integer.class),
                row.getObject("cycle", Integer.class),
                row.getString("cause"),
                instant(row, "next_attempt_at"),
                row.getString("worker"),
                topic == null ? null : new Source(topic, row.getInt("partition"), row.getLong("record")),
                row.getString("trace_id"));
    }

    /** The second part of a W3C traceparent; null where there is none. */
    public static @Nullable String traceId(String traceparent) {
        return traceparent.length() == 55 ? traceparent.substring(3, 35) : null;
    }
}
