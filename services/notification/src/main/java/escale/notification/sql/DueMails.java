package escale.notification.sql;

import escale.notification.Claim;
import escale.notification.NotificationSettings;
import escale.notification.Posting;
import escale.notification.State;
import escale.notification.Traveller;
import escale.sql.Database;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Mails on their way out. Any number of senders may ask: each row goes to one of them, for as long as its lease lasts.
 */
@Singleton
public final class DueMails {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private final Duration lease;

    private final Database database;
    private final String worker;

    public DueMails(Database database, @Value("${escale.instance}") String worker, NotificationSettings settings) {
        this.database = database;
        this.worker = worker;
        this.lease = settings.lease();
    }

    /** How many are due; not counted any further than asked for. */
    public int due(int most) {
        return database.read(tx -> tx.first("""
                        select count(*)
                        from (select from mail where state = 'WAITING' and due_at <= clock_timestamp() limit ?)
                        """, row -> row.getInt(1), most)).orElseThrow();
    }

    /**
     * Puts aside what cannot be addressed yet. The traveller's record brings it back at once; the minute is for the one
     * that comes in while we look.
     */
    public int holdForTravellers() {
        return hold("traveller", LOOK_AGAIN, """
                and not exists (select from traveller where traveller.user_id = mail.user_id)
                """);
    }

    /** Says of all that is due what it waits for. It stays due. */
    public int holdForServer() {
        return hold("mail-server", Duration.ZERO, "and waits_for is distinct from 'mail-server'");
    }

    /** A line in the log for each that did not wait for this before. */
    private int hold(String what, Duration pause, String which) {
        return database.transaction(tx -> tx.update("""
                with held as (
                    update mail set waits_for = ?, due_at = clock_timestamp() + ? * interval '1 ms'
                    where id in (
                        select id from mail
                        where state = 'WAITING' and due_at <= clock_timestamp()
                """ + which + """
                        order by due_at
                        limit 1000
                        for update skip locked)
                    returning id, old.waits_for as before)
                insert into mail_log (mail_id, outcome, cause, worker)
                select id, 'HELD', 'waits-for-' || ?, ? from held where before is distinct from ?
                """, what, pause.toMillis(), what, worker, what));
    }

    /** What was amid being handed over when its sender was lost may have left: it is counted, and sent again. */
    public List<Claim> claim(int most) {
        return database.transaction(tx -> {
            record Taken(Claim claim, boolean wasAmid) {}
            var taken = tx.query("""
                    update mail
                    set fence = fence + 1, due_at = clock_timestamp() + ? * interval '1 ms', window_since = null,
                        doubts = doubts + (window_since is not null)::int
                    from (
                        select mail.id as due_id, traveller.user_id as known, traveller.email, traveller.name,
                               traveller.language as spoken
                        from mail left join traveller on traveller.user_id = mail.user_id
                        where state = 'WAITING' and due_at <= clock_timestamp()
                        order by due_at
                        limit ?
                        for update of mail skip locked) as due
                    where id = due_id
                    returning mail.*, due.*, old.window_since is not null as was_amid,
                        coalesce(extract(epoch from clock_timestamp() - first_failure_at) * 1000, 0) as failing_ms
                    """, row -> new Taken(claim(row), row.getBoolean("was_amid")), lease.toMillis(), most);
            for (var amid : taken) {
                if (amid.wasAmid) {
                    tx.update("""
                            insert into mail_log (mail_id, outcome, cause, worker) values (?, 'DOUBTFUL', 'sender-lost', ?)
                            """, amid.claim.mail().id(), worker);
                }
            }
            return taken.stream().map(Taken::claim).toList();
        });
    }

    /** From here on it may have left. False when the claim has been lost: then it must not leave from here. */
    public boolean begin(Claim claim) {
        return database.transaction(
                        tx -> tx.update("""
                update mail
                set window_since = clock_timestamp(), due_at = clock_timestamp() + ? * interval '1 ms'
                where id = ? and fence = ? and state = 'WAITING'
                """, lease.toMillis(), claim.mail().id(), claim.fence()))
                == 1;
    }

    /** Lets go of what was claimed and not begun. */
    public void release(List<Claim> claims) {
        var ids = claims.stream().map(claim -> claim.mail().id()).toArray(UUID[]::new);
        var fences = claims.stream().mapToLong(Claim::fence).toArray();
        database.transaction(tx -> tx.update("""
                update mail set due_at = clock_timestamp()
                from unnest(?::uuid[], ?::bigint[]) as mine (mine_id, mine_fence)
                where id = mine_id and fence = mine_fence and state = 'WAITING'
                """, ids, fences));
    }

    /** What was done is logged even if the claim has been lost meanwhile: the log tells what left, whoever sent it. */
    public void record(Claim claim, Posting posting, State now, Duration pause) {
        var cause = cause(posting);
        database.transaction(tx -> tx.update(
                """
                with recorded as (
                    update mail
                    set state = ?, cause = ?, waits_for = null, attempts = attempts + 1, doubts = doubts + ?,
                        window_since = null, due_at = clock_timestamp() + ? * interval '1 ms',
                        first_failure_at = coalesce(first_failure_at, case when ? <> 'SENT' then clock_timestamp() end),
                        sent_at = case when ? = 'SENT' then clock_timestamp() end
                    where id = ? and fence = ? and state = 'WAITING')
                insert into mail_log (mail_id, outcome, cause, worker) values (?, ?, ?, ?)
                """,
                now,
                cause,
                posting instanceof Posting.Doubtful ? 1 : 0,
                pause.toMillis(),
                now,
                now,
                claim.mail().id(),
                claim.fence(),
                claim.mail().id(),
                outcome(posting),
                cause,
                worker));
    }

    private static String outcome(Posting posting) {
        return switch (posting) {
            case Posting.Sent _ -> "SENT";
            case Posting.Refused _ -> "REFUSED";
            case Posting.Deferred _ -> "DEFERRED";
            case Posting.Doubtful _ -> "DOUBTFUL";
        };
    }

    private static @Nullable String cause(Posting posting) {
        return switch (posting) {
            case Posting.Sent _ -> null;
            case Posting.Refused(var cause) -> cause;
            case Posting.Deferred(var cause) -> cause;
            case Posting.Doubtful(var cause) -> cause;
        };
    }

    private static Claim claim(ResultSet row) throws SQLException {
        var traveller = new Traveller(row.getString("email"), row.getString("name"), MailRow.language(row, "spoken"));
        return new Claim(
                MailRow.of(row),
                row.getString("known") == null ? null : traveller,
                row.getLong("fence"),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("failing_ms")));
    }
}
