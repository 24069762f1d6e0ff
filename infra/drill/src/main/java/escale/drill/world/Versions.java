package escale.drill.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of an aggregate were told: as bits, because there are many aggregates and few versions of each; and what it
 * was in each, for those that have a status.
 */
public final class Versions {
    private static final int MOST = Long.SIZE;

    private final UUID id;
    private long told;
    private int highest;
    private boolean outOfOrder;
    private long endedAt = Long.MAX_VALUE;
    private Booking.@Nullable Status[] statuses = {};

    Versions(UUID id) {
        this.id = id;
    }

    /** In the order of the topic. */
    void tell(int version) {
        if (version >= 1 && version <= MOST) {
            var bit = 1L << (version - 1);
            outOfOrder |= version < highest && (told & bit) == 0; // one that came twice is no disorder
            told |= bit;
        }
        highest = Math.max(highest, version);
    }

    /** What it was in that version; told twice and differently is remembered as it was told last. */
    void tell(int version, Booking.Status status) {
        tell(version);
        if (version >= 1 && version <= MOST) {
            if (statuses.length < version) {
                statuses = Arrays.copyOf(statuses, version);
            }
            statuses[version - 1] = status;
        }
    }

    /** Nothing is to be tried any more. */
    void tellEnd(long at) {
        endedAt = Math.min(endedAt, at);
    }

    boolean endedBefore(long time) {
        return endedAt < time;
    }

    /** In the order of the versions, as far as they were told. */
    public List<Booking.Status> statuses() {
        var told = new ArrayList<Booking.Status>(statuses.length);
        for (var each : statuses) {
            if (each != null) {
                told.add(each);
            }
        }
        return told;
    }

    public UUID id() {
        return id;
    }

    public int highest() {
        return highest;
    }

    /** Told after a later one, and not before. */
    public boolean outOfOrder() {
        return outOfOrder;
    }

    public List<Integer> missing() {
        var missing = new ArrayList<Integer>();
        for (var version = 1; version <= Math.min(highest, MOST); version++) {
            if ((told & (1L << (version - 1))) == 0) {
                missing.add(version);
            }
        }
        return missing;
    }
}
