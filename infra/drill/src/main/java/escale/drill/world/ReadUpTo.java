package escale.drill.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Since when a reader had been past a record, as far as what it told gives away: by when it told about a later one. */
final class ReadUpTo {
    private record Mark(long offset, long at) {}

    private final Map<Integer, List<Mark>> marks = new HashMap<>();

    void tell(int partition, long offset, long at) {
        marks.computeIfAbsent(partition, _ -> new ArrayList<>()).add(new Mark(offset, at));
    }

    /** Latest record first, each with the earliest time that a record from it on was told about. */
    void settle() {
        marks.replaceAll((_, told) -> {
            told.sort(Comparator.comparingLong(Mark::offset).reversed());
            var settled = new ArrayList<Mark>(told.size());
            var earliest = Long.MAX_VALUE;
            for (var mark : told) {
                earliest = Math.min(earliest, mark.at());
                settled.add(new Mark(mark.offset(), earliest));
            }
            return settled;
        });
    }

    /** After {@link #settle}. */
    OptionalLong past(int partition, long offset) {
        var told = marks.getOrDefault(partition, List.of());
        var from = 0;
        var to = told.size();
        while (from < to) {
            var middle = (from + to) >>> 1;
            if (told.get(middle).offset() > offset) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == 0
                ? OptionalLong.empty()
                : OptionalLong.of(told.get(from - 1).at());
    }
}
