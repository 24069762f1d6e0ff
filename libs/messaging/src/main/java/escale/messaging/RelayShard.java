package escale.messaging;

import escale.sql.Database;
import escale.sql.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * One shard of the outbox as this instance sees it.
 *
 * <p>A pass is one transaction: take the shard's lock, delete and read what waits, in order, send it, wait for every
 * acknowledgement, commit. A pass that fails rolls back and is repeated: duplicates are possible, loss is not.
 */
final class RelayShard {
    private static final int LARGEST_PASS = 500;
    private static final int LOCK_SPACE =
            0x0E5CA1E; // the first half of the advisory lock's key; the shard is the second
    private static final long FLOOR_LAG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int shard;
    private final Database database;
    private final Producer<String, byte[]> producer;
    private final String source;
    private final Floor floor = new Floor();

    /** What a pass came to. */
    enum Pass {
        /** Nothing was waiting. */
        EMPTY,
        /** All that waited has been told. */
        TOLD,
        /** A full pass has been told; more may wait. */
        MORE,
        /** Another instance holds the shard. */
        LOCKED
    }

    RelayShard(int shard, Database database, Producer<String, byte[]> producer, String source) {
        this.shard = shard;
        this.database = database;
        this.producer = producer;
        this.source = source;
    }

    /** This row is known to wait; it may be lower than what was already told. */
    void waiting(long id) {
        floor.lowerBelow(id);
    }

    /** Below this nothing is waiting, as far as this instance knows. */
    long floor() {
        return floor.current();
    }

    Pass pass() {
        var from = floor.current();
        return database.transaction(tx -> {
            if (!lock(tx)) {
                return Pass.LOCKED;
            }
            var rows = take(tx, from);
            if (rows.isEmpty()) {
                return Pass.EMPTY;
            }
            tell(rows);
            floor.reached(rows.getLast().id());
            return rows.size() == LARGEST_PASS ? Pass.MORE : Pass.TOLD;
        });
    }

    /** In a statement of its own: what the next one sees must be what the last holder committed. */
    private boolean lock(Transaction tx) throws SQLException {
        return tx.first("select pg_try_advisory_xact_lock(?, ?)", row -> row.getBoolean(1), LOCK_SPACE, shard)
                .orElseThrow();
    }

    private List<OutboxRow> take(Transaction tx, long from) throws SQLException {
        // Losing this commit in a crash tells something twice; waiting for the disk would only slow every pass.
        tx.update("set local synchronous_commit = off");
        var rows = tx.query("""
                delete from outbox
                where ctid = any (array(
                    select ctid from outbox where shard = ? and id > ? order by id limit ?))
                returning id, topic, key, type, payload, headers, created_at
                """, OutboxRow::of, shard, from, LARGEST_PASS);
        rows.sort(Comparator.comparingLong(OutboxRow::id));
        return rows;
    }

    private void tell(List<OutboxRow> rows) {
        var acknowledgements = new ArrayList<Future<RecordMetadata>>(rows.size());
        for (var row : rows) {
            acknowledgements.add(producer.send(row.record(source)));
        }
        try {
            for (var acknowledgement : acknowledgements) {
                acknowledgement.get(15, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("No acknowledgement", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted before every acknowledgement", e);
        }
    }

    /**
     * Where to begin reading. While a long transaction elsewhere keeps dead rows from being vacuumed, beginning at zero
     * would walk over all of them in each pass. It follows a second behind what was told, so that instances which
     * commit at the same time still see each other's rows in order.
     */
    private static final class Floor {
        private long floor;
        private long candidate;
        private long candidateSince = System.nanoTime();

        synchronized long current() {
            return floor;
        }

        synchronized void lowerBelow(long id) {
            floor = Math.min(floor, Math.max(0, id - 1));
        }

        synchronized void reached(long id) {
            var now = System.nanoTime();
            if (now - candidateSince > FLOOR_LAG_NANOS) {
                floor = Math.max(floor, candidate);
                candidate = id;
                candidateSince = now;
            }
        }
    }
}
