package escale.simulator.books;

import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All objects of one kind in the order of their creation. */
final class Shelf<T> {

    private final String kind;
    private final ToLongFunction<T> created;
    private final List<T> items = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    Shelf(String kind, ToLongFunction<T> created) {
        this.kind = kind;
        this.created = created;
    }

    void put(String id, T item) {
        var place = places.get(id);
        if (place == null) {
            places.put(id, items.size());
            items.add(item);
        } else {
            items.set(place, item);
        }
    }

    @Nullable
    T get(String id) {
        var place = places.get(id);
        return place == null ? null : items.get(place);
    }

    int size() {
        return items.size();
    }

    Stream<T> newestFirst() {
        return items.reversed().stream();
    }

    Page<T> page(Paging paging, Predicate<T> wanted) {
        // Creation times never fall along the shelf, so a window of time is one stretch of it.
        if (paging.endingBefore() != null) {
            var newer = IntStream.range(place(paging.endingBefore(), "ending_before") + 1, items.size())
                    .mapToObj(items::get)
                    .dropWhile(item -> created.applyAsLong(item) < paging.from())
                    .takeWhile(item -> created.applyAsLong(item) <= paging.to());
            return Page.take(newer.filter(wanted), paging);
        }
        int newest =
                paging.startingAfter() == null ? items.size() - 1 : place(paging.startingAfter(), "starting_after") - 1;
        var older = IntStream.iterate(newest, place -> place >= 0, place -> place - 1)
                .mapToObj(items::get)
                .dropWhile(item -> created.applyAsLong(item) > paging.to())
                .takeWhile(item -> created.applyAsLong(item) >= paging.from());
        return Page.take(older.filter(wanted), paging);
    }

    private int place(String id, String param) {
        var place = places.get(id);
        if (place == null) {
            throw new InvalidRequest(Refusal.missingReference(kind, id, param));
        }
        return place;
    }
}
