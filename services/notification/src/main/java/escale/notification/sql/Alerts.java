package escale.notification.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.messaging.Envelope;
import escale.notification.Alert;
import escale.notification.AlertMessage;
import escale.notification.State;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts on their way out: a row each, sent by whichever instance claims it. */
@Singleton
public final class Alerts {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Database database;

    public Alerts(Database database) {
        this.database = database;
    }

    public int insert(Transaction tx, Alert alert, AlertMessage.Level level) throws SQLException {
        return tx.update("""
                insert into alert (thread, level, summary, details) values (?, ?, ?, ?)
                on conflict do nothing
                """, alert.thread(), level, alert.summary(), Envelope.toLines(alert.details()));
    }

    public boolean any() {
        return database.read(tx -> tx.first(
                        "select 1 from alert where state = 'WAITING' and due_at <= clock_timestamp() limit 1",
                        row -> true))
                .isPresent();
    }

    /** What follows in a thread waits for what is before it: an end is not told before its beginning. */
    public List<AlertMessage> claim(int most) {
        return database.statement(tx -> tx.query("""
                update alert
                set fence = fence + 1, due_at = clock_timestamp() + ? * interval '1 ms'
                where id in (
                    select id from alert as next
                    where state = 'WAITING' and due_at <= clock_timestamp()
                      and not exists (
                          select from alert as earlier
                          where earlier.thread = next.thread and earlier.state = 'WAITING' and earlier.id < next.id)
                    order by id
                    limit ?
                    for update skip locked)
                returning *, coalesce(extract(epoch from clock_timestamp() - first_failure_at) * 1000, 0) as failing_ms
                """, Alerts::message, LEASE.toMillis(), most));
    }

    public void record(AlertMessage alert, State now, @Nullable String cause, Duration pause) {
        database.statement(tx -> tx.update("""
                update alert
                set state = ?, cause = ?, attempts = attempts + 1,
                    due_at = clock_timestamp() + ? * interval '1 ms',
                    first_failure_at = coalesce(first_failure_at, case when ? <> 'SENT' then clock_timestamp() end),
                    sent_at = case when ? = 'SENT' then clock_timestamp() end
                where id = ? and fence = ? and state = 'WAITING'
                """, now, cause, pause.toMillis(), now, now, alert.id(), alert.fence()));
    }

    private static AlertMessage message(ResultSet row) throws SQLException {
        return new AlertMessage(
                row.getLong("id"),
                requireNonNull(row.getString("thread")),
                AlertMessage.Level.valueOf(row.getString("level")),
                requireNonNull(row.getString("summary")),
                Envelope.fromLines(requireNonNull(row.getString("details"))),
                requireNonNull(instant(row, "created_at")),
                row.getLong("fence"),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("failing_ms")));
    }
}
