package escale.drill.invariants;

import java.util.ArrayList;
import java.util.List;

/** What was found wrong: all of it counted, some of it named. */
final class Violations {
    private static final int NAMED = 20;

    private final List<String> named = new ArrayList<>();
    private long count;

    void add(String what) {
        count++;
        if (named.size() < NAMED) {
            named.add(what);
        }
    }

    Finding over(Invariant invariant, String compared) {
        return new Finding(invariant.id(), invariant.sentence(), compared, count, List.copyOf(named));
    }
}
