package escale.drill.world;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something known about bookings, in the order of their ids, taken one booking at a time. */
final class Sorted<T> {
    private static final IdOrder ORDER = new IdOrder();

    private final Iterator<T> rows;
    private final Function<T, UUID> id;
    private @Nullable T head;

    Sorted(Iterator<T> rows, Function<T, UUID> id) {
        this.rows = rows;
        this.id = id;
        this.head = rows.hasNext() ? rows.next() : null;
    }

    static <T> Sorted<T> of(List<T> rows, Function<T, UUID> id) {
        return new Sorted<>(
                rows.stream()
                        .sorted((a, b) -> ORDER.compare(id.apply(a), id.apply(b)))
                        .iterator(),
                id);
    }

    /** The booking that comes next; null at the end. */
    @Nullable
    UUID next() {
        return head == null ? null : id.apply(head);
    }

    /** All there is about this booking, if it is the next one. */
    List<T> take(UUID booking) {
        var taken = new ArrayList<T>(1);
        for (var row = head; row != null && id.apply(row).equals(booking); row = head) {
            taken.add(row);
            head = rows.hasNext() ? rows.next() : null;
        }
        return taken;
    }

    /** The same, leaving out what is about bookings that nobody else knows. */
    List<T> upTo(UUID booking) {
        for (var row = head; row != null && ORDER.compare(id.apply(row), booking) < 0; row = head) {
            head = rows.hasNext() ? rows.next() : null;
        }
        return take(booking);
    }

    static @Nullable UUID first(@Nullable UUID a, @Nullable UUID b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return ORDER.compare(a, b) <= 0 ? a : b;
    }
}
