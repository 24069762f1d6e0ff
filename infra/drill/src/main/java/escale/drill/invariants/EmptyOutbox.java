package escale.drill.invariants;

import escale.drill.world.Story;
import escale.drill.world.World;

/** Nothing that was decided is left untold. */
final class EmptyOutbox implements Invariant {
    private final Violations violations = new Violations();

    @Override
    public String id() {
        return "I11";
    }

    @Override
    public String sentence() {
        return "the outbox is empty at rest";
    }

    @Override
    public void see(Story story) {
        // Events are counted where they wait.
    }

    @Override
    public Finding conclude(World world) {
        var untold = world.untold();
        if (untold > 0) {
            violations.add(untold + " events wait in the outboxes of booking and payment");
        }
        return violations.over(this, untold + " events in the outboxes of booking and payment");
    }
}
