package escale.drill.load;

/** Who wants what: decided by the number of the booking alone, so that the same plan wants the same again. */
final class Wishes {
    private static final int LARGEST_PARTY = 4;

    private final Plan plan;
    private final String run;

    Wishes(Plan plan, String run) {
        this.plan = plan;
        this.run = run;
    }

    Wish at(long index) {
        var departures = plan.departures();
        var shifted = index + index / plan.users(); // so that a traveller meets another departure each time
        return new Wish(
                run + "-" + index,
                user(index),
                departures.get((int) (shifted % departures.size())),
                plan.people() > 0 ? plan.people() : 1 + (int) (shifted % LARGEST_PARTY),
                plan.method());
    }

    private String user(long index) {
        return "traveller-" + index % plan.users();
    }
}
