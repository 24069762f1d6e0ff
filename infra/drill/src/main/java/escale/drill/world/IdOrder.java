package escale.drill.world;

import java.util.Comparator;
import java.util.UUID;

/** The order in which PostgreSQL sorts ids: byte by byte. Java's own takes the halves for signed numbers. */
final class IdOrder implements Comparator<UUID> {
    @Override
    public int compare(UUID a, UUID b) {
        var upper = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return upper == 0 ? Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits()) : upper;
    }
}
