package escale.drill.invariants;

import escale.drill.world.Asked;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key means one booking, whoever repeats it, and with another body it means nothing. */
final class SameKeySameBooking implements Invariant {
    private static final int REUSED = 422;
    private static final int TOO_MANY = 429;

    private final Violations violations = new Violations();
    private long repeated;

    @Override
    public String id() {
        return "I13";
    }

    @Override
    public String sentence() {
        return "same key, same booking";
    }

    @Override
    public void see(Story story) {
        // A key may have no booking at all, so the requests are looked at instead.
    }

    @Override
    public Finding conclude(World world) {
        var asked = world.asked().stream()
                .sorted(Comparator.comparing(Asked::user).thenComparing(Asked::key)) // stable: in the order of time
                .toList();
        var keys = 0L;
        for (var from = 0; from < asked.size(); keys++) {
            var to = from + 1;
            while (to < asked.size() && sameKey(asked.get(from), asked.get(to))) {
                to++;
            }
            check(asked.subList(from, to));
            from = to;
        }
        return violations.over(this, "%d requests, %d keys, %d used again".formatted(asked.size(), keys, repeated));
    }

    private static boolean sameKey(Asked one, Asked other) {
        return one.user().equals(other.user()) && one.key().equals(other.key());
    }

    private void check(List<Asked> ofOneKey) {
        if (ofOneKey.size() > 1) {
            repeated++;
        }
        @Nullable Asked first = null;
        for (var asked : ofOneKey) {
            if (first == null) {
                first = asked.accepted() ? asked : null;
            } else {
                checkAfter(first, asked);
            }
        }
    }

    private void checkAfter(Asked first, Asked again) {
        var key = again.user() + " " + again.key();
        if (!first.sameBody(again)) {
            if (again.accepted() || (refused(again) && again.http() != REUSED)) {
                violations.add("%s with another body was answered %d instead of 422".formatted(key, again.http()));
            }
        } else if (again.accepted() && !Objects.equals(first.booking(), again.booking())) {
            violations.add("%s made two bookings: %s and %s".formatted(key, first.booking(), again.booking()));
        } else if (again.accepted() && !again.replayed()) {
            violations.add("%s was repeated, and the answer does not say so".formatted(key));
        } else if (refused(again) && again.http() != TOO_MANY) {
            violations.add("%s was accepted, and then refused with %d".formatted(key, again.http()));
        }
    }

    private static boolean refused(Asked asked) {
        return asked.http() >= 400 && asked.http() < 500;
    }
}
