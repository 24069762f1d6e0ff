package escale.notification.sql;

import static java.util.Objects.requireNonNull;

import escale.notification.AskToBeTold.Outcome;
import escale.notification.Asker;
import escale.notification.Language;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Outages, and who asked in them to be told when they are over. */
@Singleton
public final class Askings {
    /**
     * Shared by all who ask, and not to be had while the outage is being ended: an asking is either seen by the end, or it
     * sees the end.
     */
    private static final String OPEN = """
            with open as (
                select outage_id, since from outage where until is null order by since desc limit 1 for share)
            """;

    private final Database database;

    public Askings(Database database) {
        this.database = database;
    }

    public Outcome insert(Asker asker, UUID askingId) {
        return switch (asker) {
            case Asker.Traveller(var userId) -> insert(askingId, userId, null, null);
            case Asker.Guest(var email, var language) -> insert(askingId, null, email, language);
        };
    }

    private Outcome insert(
            UUID askingId, @Nullable String userId, @Nullable String email, @Nullable Language language) {
        return database.statement(tx -> tx.first(
                        OPEN.stripTrailing() + """
                        , noted as (
                            insert into asking (asking_id, outage_id, user_id, email, language)
                            select ?, outage_id, ?, ?, ? from open
                            on conflict do nothing
                            returning asking_id)
                        select since, exists (select from noted) as is_new from open
                        """,
                        row -> {
                            var since = requireNonNull(Transaction.instant(row, "since"));
                            return row.getBoolean("is_new")
                                    ? new Outcome.Noted(askingId, since)
                                    : new Outcome.NotedBefore(since);
                        },
                        askingId,
                        userId,
                        email,
                        language))
                .orElseGet(Outcome.PossibleNow::new);
    }

    public void delete(String userId) {
        database.statement(tx -> tx.update(
                OPEN + "delete from asking using open where asking.outage_id = open.outage_id and user_id = ?",
                userId));
    }

    public void delete(UUID askingId) {
        database.statement(tx -> tx.update(
                OPEN + "delete from asking using open where asking.outage_id = open.outage_id and asking_id = ?",
                askingId));
    }

    /** One whose end is known already stays ended. */
    public void began(UUID outageId, Instant since) {
        database.statement(tx -> tx.update(
                "insert into outage (outage_id, since) values (?, ?) on conflict do nothing", outageId, since));
    }

    /** False when that was known. */
    public boolean ended(Transaction tx, UUID outageId, Instant since, Instant until) throws SQLException {
        return tx.update("""
                insert into outage as known (outage_id, since, until) values (?, ?, ?)
                on conflict (outage_id) do update set until = excluded.until
                where known.until is null
                """, outageId, since, until) == 1;
    }

    /** A mail for each, however many: one for who asked as a guest and with their account. */
    public int queue(Transaction tx, UUID outageId, Trace trace) throws SQLException {
        return tx.update("""
                insert into mail (id, asking_id, kind, charge_no, user_id, language, traceparent, request_id)
                select uuidv7(), asking_id, 'POSSIBLE_AGAIN', 0, user_id, language, ?, ?
                from asking
                where outage_id = ?
                  and (user_id is not null or not exists (
                      select from asking as same join traveller using (user_id)
                      where same.outage_id = asking.outage_id and lower(traveller.email) = lower(asking.email)))
                on conflict do nothing
                """, trace.traceparent(), trace.requestId(), outageId);
    }

    /** Once they have been told there is no reason to know them, and whom nobody is going to tell leaves with them. */
    public int forget(int most) {
        return database.statement(tx -> tx.update("""
                delete from asking
                where asking_id in (
                    select asking_id from asking join outage using (outage_id)
                    where until is not null
                      and not exists (
                          select from mail where mail.asking_id = asking.asking_id and mail.state = 'WAITING')
                    limit ?)
                """, most));
    }
}
