package escale.messaging;

import escale.runtime.Failpoint;
import escale.sql.Database;
import escale.sql.Later;
import escale.sql.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A pass over the outbox is one transaction: take the lock, delete and read what waits, in order, send it, wait for every
 * acknowledgement, commit. A pass that fails rolls back and is repeated: duplicates are possible, loss is not.
 */
final class RelayPass {
    static final int LARGEST = 500;
    /** Of the advisory lock that the instance holds which is telling. */
    static final int LOCK = 0x0E5CA1E;

    private static final int LONGEST_ACKNOWLEDGEMENT_SECONDS = 15;

    private final Database database;
    private final Producer<String, byte[]> producer;
    private final byte[] source;
    private final Floor floor = new Floor(System.nanoTime());

    /** What a pass came to. */
    enum Outcome {
        /** Nothing was waiting. */
        EMPTY,
        /** All that waited has been told. */
        TOLD,
        /** A full pass has been told; more may wait. */
        MORE,
        /** Another instance is telling. */
        LOCKED
    }

    RelayPass(Database database, Producer<String, byte[]> producer, String source) {
        this.database = database;
        this.producer = producer;
        this.source = source.getBytes(StandardCharsets.UTF_8);
    }

    /** This row is known to wait; it may be lower than what was already told. */
    void waiting(long id) {
        floor.lowerBelow(id);
    }

    /** Below this nothing is waiting, as far as this instance knows. */
    long floor() {
        return floor.current();
    }

    Outcome make() {
        var from = floor.current();
        var told = database.transaction(tx -> {
            var ours = lock(tx);
            var rows = take(tx, from);
            return ours.get().getFirst() ? Optional.of(tell(rows)) : Optional.<List<OutboxRow>>empty();
        });
        if (told.isEmpty()) {
            return Outcome.LOCKED;
        }
        var rows = told.get();
        if (rows.isEmpty()) {
            return Outcome.EMPTY;
        }
        floor.reached(rows.getLast().id(), System.nanoTime());
        return rows.size() == LARGEST ? Outcome.MORE : Outcome.TOLD;
    }

    /**
     * In a statement of its own: what the next one sees must be what the last holder committed. Losing our own commit in
     * a crash tells something twice, so it need not wait for the disk.
     */
    private Later<List<Boolean>> lock(Transaction tx) {
        return tx.queryLater("""
                select set_config('escale.outbox_is_ours', pg_try_advisory_xact_lock(?)::text, true),
                    set_config('synchronous_commit', 'off', true)
                """, row -> row.getString(1).equals("true"), LOCK);
    }

    private List<OutboxRow> take(Transaction tx, long from) throws SQLException {
        var rows = tx.query("""
                delete from outbox
                where ctid = any (array(
                    select ctid from outbox
                    where id > ? and current_setting('escale.outbox_is_ours') = 'true'
                    order by id limit ?))
                returning id, topic, key, type, payload, headers, created_at
                """, OutboxRow::of, from, LARGEST);
        rows.sort(Comparator.comparingLong(OutboxRow::id));
        return rows;
    }

    /** When this ends, well or not, nothing of it is under way any more: nobody who gets the lock next is overtaken. */
    private List<OutboxRow> tell(List<OutboxRow> rows) {
        var acknowledgements = new ArrayList<Future<?>>(rows.size());
        RuntimeException failure = null;
        for (var row : rows) {
            var acknowledgement = producer.send(row.record(source));
            acknowledgements.add(acknowledgement);
            if (acknowledgement.isDone()) { // at once: without a broker each further one would block for seconds
                failure = failureOf(acknowledgement);
                if (failure != null) {
                    break;
                }
            }
        }
        for (var acknowledgement : acknowledgements) {
            var failed = failureOf(acknowledgement);
            failure = failure == null ? failed : failure;
        }
        if (failure != null) {
            throw failure;
        }
        return rows.isEmpty() ? rows : Failpoint.RELAY_BETWEEN_ACK_AND_COMMIT.passing(rows);
    }

    private static @Nullable RuntimeException failureOf(Future<?> acknowledgement) {
        try {
            acknowledgement.get(LONGEST_ACKNOWLEDGEMENT_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            return new KafkaException("No acknowledgement", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new KafkaException("Interrupted before every acknowledgement", e);
        }
    }
}
