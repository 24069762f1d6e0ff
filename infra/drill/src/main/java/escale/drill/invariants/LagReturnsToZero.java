package escale.drill.invariants;

import escale.drill.wire.Groups.Lag;
import escale.drill.world.Story;
import escale.drill.world.World;

/** Whoever reads a topic has read it to its end: no record keeps those behind it from being handled. */
final class LagReturnsToZero implements Invariant {
    private final Violations violations = new Violations();

    @Override
    public String id() {
        return "I12";
    }

    @Override
    public String sentence() {
        return "lag returns to 0";
    }

    @Override
    public void see(Story story) {
        // Groups read topics, not bookings.
    }

    @Override
    public Finding conclude(World world) {
        var lags = world.lags();
        lags.stream()
                .filter(lag -> lag.behind() > 0)
                .forEach(lag -> violations.add(
                        "%s is %d records behind on %s".formatted(lag.group(), lag.behind(), lag.partition())));
        return violations.over(
                this,
                "%d groups, %d partitions"
                        .formatted(
                                lags.stream().map(Lag::group).distinct().count(),
                                lags.stream().map(Lag::partition).distinct().count()));
    }
}
