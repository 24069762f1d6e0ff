package escale.runtime;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** UUIDs of version 7: they sort by the time they were made, which keeps the indexes they enter dense. */
public final class Ids {
    private static final AtomicLong last = new AtomicLong();

    private Ids() {}

    /** Strictly increasing within this process: 48 bits of milliseconds, then 12 that count within one. */
    public static UUID next() {
        var now = System.currentTimeMillis() << 12;
        var stamp = last.updateAndGet(previous -> Math.max(previous + 1, now));
        var high = (stamp >>> 12 << 16) | 0x7000L | (stamp & 0xFFF);
        var low = (ThreadLocalRandom.current().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
