package escale.simulator.books;

import java.util.List;
import java.util.stream.Stream;

/** A part of a list, newest first. */
public record Page<T>(List<T> items, boolean more) {

    /** The first items of a stream that runs in the direction of the page. */
    static <T> Page<T> take(Stream<T> stream, Paging paging) {
        var found = stream.limit(paging.limit() + 1L).toList();
        var items = found.subList(0, Math.min(found.size(), paging.limit()));
        return new Page<>(paging.endingBefore() == null ? items : items.reversed(), found.size() > paging.limit());
    }
}
