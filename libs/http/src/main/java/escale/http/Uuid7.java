package escale.http;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that sort by the time they were made (RFC 9562, version 7). */
final class Uuid7 {
    private Uuid7() {}

    static UUID next() {
        // Request ids must differ, not be secret: no SecureRandom on the path of every request.
        var random = ThreadLocalRandom.current();
        long time = (System.currentTimeMillis() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long rest = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(time, rest);
    }
}
