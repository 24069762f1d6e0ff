package escale.notification.sql;

import escale.notification.Claim;
import escale.notification.NotificationSettings;
import escale.notification.Traveller;
import escale.sql.Database;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Mails on their way out. Any number of senders may ask: each row goes to one of them, for as long as its lease lasts.
 */
@Singleton
public final class DueMails {
    private static final Duration LOOK_AGAIN_SOON = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private final Duration lease;

    private final Database database;
    private final String worker;

    public DueMails(Database database, @Value("${escale.instance}") String worker, NotificationSettings settings) {
        this.database = database;
        this.worker = worker;
        this.lease = settings.lease();
    }

    /**
     * What a look shows.
     *
     * @param ready for mails that can be addressed; with {@code strangers} counted no further than asked for
     * @param strangers for mails to travellers nobody has told about yet
     */
    public record Look(int ready, int strangers) {}

    public Look look(int most) {
        return database.read(tx -> tx.first("""
                        select count(*) filter (where is_known) as ready, count(*) filter (where not is_known) as strangers
                        from (
                            select user_id is null or exists (
                                    select from traveller where traveller.user_id = mail.user_id) as is_known
                            from mail
                            where state = 'WAITING' and due_at <= clock_timestamp()
                              and (leased_until is null or leased_until <= clock_timestamp())
                            order by due_at
                            limit ?)
                        """, row -> new Look(row.getInt("ready"), row.getInt("strangers")), most))
                .orElseThrow();
    }

    /**
     * Puts aside what cannot be addressed yet. The traveller's record brings it back at once, unless it comes in while we
     * look: that is why the first time is short.
     */
    public int holdForTravellers() {
        return hold("traveller", LOOK_AGAIN_SOON, LOOK_AGAIN, """
                and user_id is not null
                and not exists (select from traveller where traveller.user_id = mail.user_id)
                """);
    }

    /** Says of all that is due what it waits for. It stays due. */
    public int holdForServer() {
        return hold("mail-server", Duration.ZERO, Duration.ZERO, "and waits_for is distinct from 'mail-server'");
    }

    /** A line in the log for each that did not wait for this before. */
    private int hold(String what, Duration first, Duration then, String which) {
        return database.statement(
                tx -> tx.update("""
                with held as (
                    update mail
                    set waits_for = ?,
                        due_at = clock_timestamp()
                            + case when waits_for is distinct from ? then ? else ? end * interval '1 ms'
                    where id in (
                        select id from mail
                        where state = 'WAITING' and due_at <= clock_timestamp()
                          and (leased_until is null or leased_until <= clock_timestamp())
                """ + which + """
                        order by due_at
                        limit 1000
                        for update skip locked)
                    returning id, old.waits_for as before)
                insert into mail_log (mail_id, outcome, cause, worker)
                select id, 'HELD', 'waits-for-' || ?, ? from held where before is distinct from ?
                """, what, what, first.toMillis(), then.toMillis(), what, worker, what));
    }

    /**
     * What was amid being handed over when its sender was lost may have left: it is counted, and sent again. Strangers
     * are left alone unless they can be addressed all the same.
     */
    public List<Claim> claim(int most, boolean strangersToo) {
        return database.statement(tx -> tx.query("""
                with taken as (
                    update mail
                    set fence = fence + 1, leased_until = clock_timestamp() + ? * interval '1 ms', waits_for = null,
                        window_since = null, doubts = doubts + (window_since is not null)::int
                    from (
                        select mail.id as due_id, coalesce(traveller.user_id, asking.email) as known, outage_id,
                               coalesce(traveller.email, asking.email) as email, traveller.name,
                               traveller.language as spoken
                        from mail
                        left join traveller on traveller.user_id = mail.user_id
                        left join asking on asking.asking_id = mail.asking_id
                        where state = 'WAITING' and due_at <= clock_timestamp()
                          and (leased_until is null or leased_until <= clock_timestamp())
                          and (? or mail.user_id is null or traveller.user_id is not null)
                        order by due_at
                        limit ?
                        for update of mail skip locked) as due
                    where id = due_id
                    returning mail.*, due.*, old.window_since is not null as was_amid,
                        coalesce(extract(epoch from clock_timestamp() - first_failure_at) * 1000, 0) as failing_ms),
                doubtful as (
                    insert into mail_log (mail_id, outcome, cause, worker)
                    select id, 'DOUBTFUL', 'sender-lost', ? from taken where was_amid)
                select * from taken
                """, DueMails::claim, lease.toMillis(), strangersToo, most, worker));
    }

    /** Lets go of what was claimed and not begun. */
    public void release(List<Claim> claims) {
        var ids = claims.stream().map(claim -> claim.mail().id()).toArray(UUID[]::new);
        var fences = claims.stream().mapToLong(Claim::fence).toArray();
        database.statement(tx -> tx.update("""
                update mail set leased_until = null
                from unnest(?::uuid[], ?::bigint[]) as mine (mine_id, mine_fence)
                where id = mine_id and fence = mine_fence and state = 'WAITING'
                """, ids, fences));
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
