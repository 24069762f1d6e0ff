package escale.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One record on its way through the dispatcher. All of it belongs to the poll thread, except while its handler runs. */
final class Slot {
    final Received received;
    final Lot lot;
    /** When it may start, on this machine's monotonic clock. */
    long dueNanos;
    /** When it first began, or took its place behind others of its key. */
    long takenNanos;
    /** It is the one of its chain that runs, or is to be offered again. */
    boolean leads;
    /** The one of the same key that starts when this one is finished. */
    @Nullable
    Slot next;

    boolean done;

    /** How often its handler has failed by itself, and how often it has found its surroundings away. */
    int failures;

    int held;

    @Nullable
    Instant firstFailure;

    Slot(Received received, Lot lot, long dueNanos) {
        this.received = received;
        this.lot = lot;
        this.dueNanos = dueNanos;
    }
}
