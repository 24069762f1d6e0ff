package escale.messaging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What this consumer holds of one partition: fetched and waiting, started and not yet committed. */
final class Lot {
    /** A record that takes long keeps the frontier back; past this many behind it the partition waits, so that a crash repeats little. */
    static final int WINDOW = 1_000;

    /**
     * So many waiting are enough: fetching pauses. It goes on when half of them are left and not when none is, because a
     * partition that comes back waits for the broker's answer to the fetch under way, which may take half a second.
     */
    static final int ENOUGH = 200;

    final TopicPartition partition;
    final Duration delay;
    /** Its records wait for a due time; those of other lots are always due. */
    final boolean delayed;
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
        this.delayed = !delay.isZero();
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
        return next != null && next.dueNanos - now <= 0 && !windowIsFull() ? next : null;
    }

    /** Takes what {@link #due} answered. */
    void take(Slot slot, long now) {
        if (slot == again.peek()) {
            again.remove();
        } else {
            slot.takenNanos = now;
            started.add(waiting.remove());
        }
    }

    /** Zero or less when something is due already; the largest of all numbers when nothing ever will be. */
    long nanosUntilDue(long now) {
        var back = again.peek();
        var next = windowIsFull() ? null : waiting.peek();
        return Math.min(
                back == null ? Long.MAX_VALUE : back.dueNanos - now,
                next == null ? Long.MAX_VALUE : next.dueNanos - now);
    }

    boolean wantsPause() {
        return waiting.size() >= (paused ? ENOUGH / 2 : ENOUGH);
    }

    boolean windowIsFull() {
        return started.size() >= WINDOW;
    }

    int size() {
        return waiting.size() + started.size();
    }

    /** Drops what never started and answers what had: those hold places in chains that others wait for. */
    Collection<Slot> revoke() {
        revoked = true;
        waiting.clear();
        var held = List.copyOf(again);
        again.clear();
        return held;
    }

    /** One has finished: if nothing before it is unfinished, the frontier moves, and with it the window. */
    void advance() {
        while (!started.isEmpty() && started.element().done) {
            frontier = started.remove().received.offset() + 1;
        }
    }

    /** How long the record at the frontier has been unfinished since it was taken. */
    long nanosSinceFrontier(long now) {
        var first = started.peek();
        return first == null ? 0 : now - first.takenNanos;
    }

    /** The offset to commit: everything before it is finished. Negative while there is nothing new. */
    long progress() {
        return frontier > committed ? frontier : -1;
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }
}
