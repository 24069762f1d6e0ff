package escale.messaging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What this consumer holds of one partition: fetched and waiting, started and not yet committed. */
final class Lot {
    /** A record that takes long keeps the frontier back; past this many behind it the partition waits, so that a crash repeats little. */
    private static final int WINDOW = 1_000;

    final TopicPartition partition;
    final Duration delay;
    /** Set when the partition went elsewhere: what has not started here must not start any more. */
    boolean revoked;

    boolean paused;
    int running;

    private final Queue<Slot> waiting = new ArrayDeque<>();
    private final Queue<Slot> again = new PriorityQueue<>(Comparator.comparingLong((Slot slot) -> slot.dueNanos));
    private final Deque<Slot> started = new ArrayDeque<>();
    private long frontier = -1;
    private long committed = -1;

    Lot(TopicPartition partition, Duration delay) {
        this.partition = partition;
        this.delay = delay;
    }

    void fetched(Slot slot) {
        waiting.add(slot);
    }

    /** It has begun once, holds its place in its chain, and is to be offered (again) when due. */
    void offerAgain(Slot slot) {
        again.add(slot);
    }

    /** What may start now: what was put back before what has never started. */
    @Nullable
    Slot due(long now) {
        var back = again.peek();
        if (back != null && back.dueNanos - now <= 0) {
            return back;
        }
        var next = waiting.peek();
        return next != null && next.dueNanos - now <= 0 && started.size() < WINDOW ? next : null;
    }

    /** Takes what {@link #due} answered. */
    void take(Slot slot) {
        if (!again.remove(slot)) {
            waiting.remove();
            started.add(slot);
        }
    }

    long nanosUntilDue(long now) {
        var nanos = Long.MAX_VALUE;
        if (!again.isEmpty()) {
            nanos = Math.min(nanos, again.element().dueNanos - now);
        }
        if (!waiting.isEmpty() && started.size() < WINDOW) {
            nanos = Math.min(nanos, waiting.element().dueNanos - now);
        }
        return nanos;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    boolean windowIsFull() {
        return started.size() >= WINDOW;
    }

    int size() {
        return waiting.size() + started.size();
    }

    /** Drops what never started and answers what had: those hold places in chains that others wait for. */
    Queue<Slot> revoke() {
        revoked = true;
        waiting.clear();
        var held = new ArrayDeque<>(again);
        again.clear();
        return held;
    }

    /** The offset to commit: everything before it is finished. Negative while there is nothing new. */
    long progress() {
        while (!started.isEmpty() && started.element().done) {
            frontier = started.remove().received.offset() + 1;
        }
        return frontier > committed ? frontier : -1;
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }
}
