package escale.payment.redrive;

import escale.payment.redrive.Pace.Health;
import escale.payment.redrive.Pace.Standing;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The letters of a redrive: which come next, and what came of those that were replayed. */
@Singleton
final class RedriveLetters {
    /** A record that still cannot be read is back among the dead letters well before this. */
    private static final Duration STAYED_AWAY = Duration.ofSeconds(10);

    /** A letter to be replayed, and the version its case had when the redrive was started. */
    record Chosen(int position, UUID deadLetterId, int seen) {}

    /** Writes down what came of the letters that were replayed before, as far as their payments tell. */
    void hear(Transaction tx, UUID redrive) throws SQLException {
        tx.update("""
                update redrive_letter as l
                set outcome = news.outcome, cause = case news.outcome when 'FAILED' then news.cause end
                from (
                    select l.position,
                        case
                            when d.refund_id is not null then
                                case r.state when 'REFUNDED' then 'REFUNDED' when 'REFUSED' then 'FAILED' end
                            when l.cycle is null then
                                case when again.cause is not null then 'FAILED'
                                    when l.replayed_at < clock_timestamp() - ? * interval '1 ms' then 'PUT_BACK' end
                            when p.cycle > l.cycle or p.state in ('FAILED', 'UNPROVEN') then 'FAILED'
                            when p.state in ('PAID', 'DECLINED', 'ACTION_REQUIRED', 'CANCELLED') then p.state
                        end as outcome,
                        coalesce(r.cause, again.cause, p.cause) as cause
                    from redrive_letter l
                    join dead_letter d on d.id = l.dead_letter_id
                    left join payment p on p.id = d.payment_id
                    left join refund r on r.id = d.refund_id
                    left join lateral (
                        select n.cause from dead_letter n
                        where d.payment_id is null and n.payment_id is null and n.record_key = d.record_key
                          and n.original_topic = d.original_topic and n.created_at > l.replayed_at
                        limit 1) as again on true
                    where l.redrive_id = ? and l.batch is not null and l.outcome is null) as news
                where l.redrive_id = ? and l.position = news.position and news.outcome is not null
                """, STAYED_AWAY.toMillis(), redrive, redrive);
    }

    Standing standing(Transaction tx, Redrive redrive, Health health) throws SQLException {
        return tx.first(
                        """
                        select r.rate, r.stop_at, r.batch, r.batch_size,
                            extract(epoch from clock_timestamp() - r.batch_at) * 1000 as age,
                            count(*) filter (where l.batch = r.batch) as begun,
                            count(*) filter (where l.batch = r.batch and l.outcome = 'SKIPPED') as skipped,
                            count(*) filter (where l.batch = r.batch and l.outcome = 'FAILED') as failed,
                            count(*) filter (where l.batch is not null and l.outcome is null) as unheard,
                            count(*) filter (where l.batch is null) as to_come
                        from redrive r join redrive_letter l on l.redrive_id = r.id
                        where r.id = ?
                        group by r.id
                        """,
                        row -> new Standing(
                                row.getInt("rate"),
                                row.getInt("stop_at"),
                                health,
                                row.getInt("batch"),
                                row.getInt("batch_size"),
                                row.getInt("begun"),
                                row.getInt("skipped"),
                                row.getInt("failed"),
                                row.getInt("unheard"),
                                Duration.ofMillis(row.getLong("age")),
                                row.getInt("to_come")),
                        redrive.id())
                .orElseThrow();
    }

    List<Chosen> next(Transaction tx, UUID redrive, int letters) throws SQLException {
        return tx.query(
                """
                select position, dead_letter_id, seen from redrive_letter
                where redrive_id = ? and batch is null
                order by position limit ?
                """,
                row -> new Chosen(
                        row.getInt("position"), row.getObject("dead_letter_id", UUID.class), row.getInt("seen")),
                redrive,
                letters);
    }

    static Map<UUID, Integer> seen(List<Chosen> letters) {
        var seen = new LinkedHashMap<UUID, Integer>();
        letters.forEach(each -> seen.put(each.deadLetterId, each.seen));
        return seen;
    }

    /**
     * They are part of the batch now, each with the cycle that began.
     *
     * @param replayed for each letter, whether it was; the others are skipped
     */
    void begun(Transaction tx, UUID redrive, int batch, List<Chosen> letters, boolean[] replayed) throws SQLException {
        tx.update("""
                update redrive_letter as l
                set batch = ?, replayed_at = clock_timestamp(), outcome = case when not b.replayed then 'SKIPPED' end,
                    cycle = (select p.cycle from dead_letter d join payment p on p.id = d.payment_id
                        where d.id = l.dead_letter_id and d.refund_id is null)
                from unnest(?::int[], ?::boolean[]) as b (position, replayed)
                where l.redrive_id = ? and l.position = b.position
                """, batch, letters.stream().mapToInt(Chosen::position).toArray(), replayed, redrive);
    }
}
