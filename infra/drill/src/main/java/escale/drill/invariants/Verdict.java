package escale.drill.invariants;

import com.fasterxml.jackson.annotation.JsonProperty;
import escale.drill.world.World;
import java.util.List;

/** All invariants over one world. */
public record Verdict(List<Finding> findings) {
    public static Verdict over(World world) {
        var invariants = List.of(
                new NoLostBooking(),
                new NoDoubleCharge(),
                new NoFreeBooking(),
                new NoOrphanCharge(),
                new NeverOversold(),
                new MoneyConserved(),
                new EverythingEnds(world.latest()),
                new OrderedVersions(world.topics()),
                new EveryoneIsTold(world.sink()),
                new NoZombieRetries(world.calls()),
                new EmptyOutbox(),
                new LagReturnsToZero(),
                new SameKeySameBooking());
        world.tell(story -> invariants.forEach(invariant -> invariant.see(story)));
        return new Verdict(
                invariants.stream().map(invariant -> invariant.conclude(world)).toList());
    }

    @JsonProperty
    public boolean holds() {
        return findings.stream().allMatch(Finding::holds);
    }
}
