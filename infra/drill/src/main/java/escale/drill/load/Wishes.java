package escale.drill.load;

/** Who wants what: decided by the number of the booking alone, so that the same plan wants the same again. */
final class Wishes {
    /** Steps through users and departures out of step, so that their pairs vary. */
    private static final long STRIDE = 7_919;

    private static final int LARGEST_PARTY = 4;

    private final Plan plan;
    private final String run;

    Wishes(Plan plan, String run) {
        this.plan = plan;
        this.run = run;
    }

    Wish at(long index) {
        var departures = plan.departures();
        return new Wish(
                run + "-" + index,
                user(index),
                departures.get((int) Math.floorMod(index * STRIDE, (long) departures.size())),
                plan.people() > 0 ? plan.people() : 1 + (int) (index % LARGEST_PARTY),
                plan.method());
    }

    private String user(long index) {
        return "traveller-" + index % plan.users();
    }
}
