package escale.payment.sql;

import static escale.sql.Columns.column;
import static java.util.stream.Collectors.toMap;

import escale.messaging.Outbox;
import escale.payment.Result;
import escale.payment.refund.Refunds;
import escale.sql.Database;
import escale.sql.Lane;
import escale.sql.Transaction;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes what attempts came to, many at a time: the ledger, the history, and what is told about it, in one transaction.
 * A result whose fence has moved is dropped whole.
 */
@Singleton
public final class Results implements AutoCloseable {
    private final Database database;
    private final Outbox outbox;
    private final Refunds refunds;
    private final String worker;
    private final Lane<Result, Boolean> lane;

    public Results(Database database, Outbox outbox, Refunds refunds, @Value("${escale.instance}") String worker) {
        this.database = database;
        this.outbox = outbox;
        this.refunds = refunds;
        this.worker = worker;
        this.lane = new Lane<>("results", 4_096, 200, this::write);
    }

    /** False when somebody else settled the payment meanwhile; that stands, and nothing is left to do. */
    public boolean record(Result result) {
        return lane.submit(result);
    }

    /** Together with what led to it. */
    public boolean record(Transaction tx, Result result) throws SQLException {
        return !write(tx, List.of(result)).isEmpty();
    }

    @Override
    @PreDestroy
    public void close() {
        lane.close();
    }

    private List<Boolean> write(List<Result> results) {
        var heard = database.transaction(tx -> write(tx, results));
        return results.stream().map(result -> heard.contains(paymentId(result))).toList();
    }

    private Set<UUID> write(Transaction tx, List<Result> results) throws SQLException {
        var written = update(tx, results);
        var standing = results.stream()
                .filter(result -> written.containsKey(paymentId(result)))
                .toList();
        remember(tx, standing);
        settleCases(tx, standing);
        refunds.giveBack(tx, takenBack(written));
        outbox.add(
                tx,
                standing.stream().flatMap(result -> result.events().stream()).toList());
        return written.keySet();
    }

    /** The payments whose results still counted, each with whether it has been taken back meanwhile. */
    private static Map<UUID, Boolean> update(Transaction tx, List<Result> results) throws SQLException {
        return tx
                .query(
                        """
                        update payment as p
                        set state = r.state, attempt = r.attempt, key_no = r.key_no, doubt = r.doubt,
                            key_since = case when r.doubt = 'NONE' then null else r.key_since end,
                            -- unchanged where nothing but a question was asked
                            key_until = case r.doubt when 'ANSWERED' then coalesce(r.key_until, clock_timestamp()) end,
                            key_until_of = r.key_no,
                            provider_id = coalesce(r.provider_id, p.provider_id), cause = r.cause,
                            next_attempt_at = clock_timestamp() + r.next_millis * interval '1 ms',
                            first_failure_at = case when r.cause is null then p.first_failure_at
                                else coalesce(p.first_failure_at, clock_timestamp()) end,
                            lease_until = null, version = p.version + r.told, updated_at = clock_timestamp()
                        from unnest(?::uuid[], ?::bigint[], ?::text[], ?::int[], ?::int[], ?::text[],
                                ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::bigint[], ?::int[])
                            as r (id, fence, state, attempt, key_no, doubt, key_since, key_until, provider_id, cause,
                                next_millis, told)
                        where p.id = r.id and p.fence = r.fence
                        returning p.id, p.cancel_reason is not null as taken_back
                        """,
                        row -> Map.entry(row.getObject("id", UUID.class), row.getBoolean("taken_back")),
                        column(results, Results::paymentId, UUID[]::new),
                        results.stream().mapToLong(r -> r.payment().fence()).toArray(),
                        column(results, r -> r.state().name(), String[]::new),
                        results.stream().mapToInt(Result::attemptsSpent).toArray(),
                        results.stream().mapToInt(r -> r.payment().keyNo()).toArray(),
                        column(results, r -> r.doubt().name(), String[]::new),
                        column(results, result -> result.payment().keySince(), Instant[]::new),
                        column(results, result -> result.payment().keyUntil(), Instant[]::new),
                        column(results, Result::providerId, String[]::new),
                        column(results, Result::cause, String[]::new),
                        column(
                                results,
                                r -> r.nextIn() == null ? null : r.nextIn().toMillis(),
                                Long[]::new),
                        results.stream().mapToInt(Result::told).toArray())
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static UUID[] takenBack(Map<UUID, Boolean> written) {
        return written.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toArray(UUID[]::new);
    }

    private void remember(Transaction tx, List<Result> results) {
        var calls = results.stream().filter(Result::spent).toList();
        if (calls.isEmpty()) {
            return;
        }
        tx.updateLater(
                """
                insert into attempt (payment_id, cycle, attempt, fence, outcome, cause, provider_id, worker,
                    topic, partition, record)
                select a.payment_id, a.cycle, a.attempt, a.fence, a.outcome, a.cause, a.provider_id, ?,
                    a.topic, a.partition, a.record
                from unnest(?::uuid[], ?::int[], ?::int[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::int[], ?::bigint[])
                    as a (payment_id, cycle, attempt, fence, outcome, cause, provider_id, topic, partition, record)
                """,
                worker,
                column(calls, Results::paymentId, UUID[]::new),
                calls.stream().mapToInt(r -> r.payment().cycle()).toArray(),
                calls.stream().mapToInt(r -> r.payment().attempt()).toArray(),
                calls.stream().mapToLong(r -> r.payment().fence()).toArray(),
                column(calls, Result::outcome, String[]::new),
                column(calls, Result::cause, String[]::new),
                column(calls, Result::providerId, String[]::new),
                column(calls, r -> r.origin().topic(), String[]::new),
                calls.stream().mapToInt(r -> r.origin().partition()).toArray(),
                calls.stream().mapToLong(r -> r.origin().offset()).toArray());
    }

    /** What people had before them is settled with the payment, or taken over by the case of a later cycle. */
    private static void settleCases(Transaction tx, List<Result> results) {
        var ends = results.stream()
                .filter(result -> result.payment().firstFailureAt() != null
                        || result.payment().cycle() > 1)
                .filter(result -> result.nextIn() == null)
                .toList();
        if (ends.isEmpty()) {
            return;
        }
        tx.updateLater(
                """
                update dead_letter as d
                set state = 'SETTLED', version = d.version + 1, updated_at = clock_timestamp()
                from unnest(?::uuid[], ?::int[], ?::text[]) as r (payment_id, cycle, state)
                where d.payment_id = r.payment_id and d.refund_id is null and d.state in ('OPEN', 'REPLAYING')
                  and (d.cycle < r.cycle or r.state not in ('FAILED', 'UNPROVEN'))
                """,
                column(ends, Results::paymentId, UUID[]::new),
                ends.stream().mapToInt(r -> r.payment().cycle()).toArray(),
                column(ends, r -> r.state().name(), String[]::new));
    }

    private static UUID paymentId(Result result) {
        return result.payment().order().paymentId();
    }
}
