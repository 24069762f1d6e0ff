package escale.drill.invariants;

import escale.drill.world.Story;
import escale.drill.world.World;

/** A sentence that holds whatever happens; an instance looks at one world once. */
interface Invariant {
    String id();

    String sentence();

    /** Called for each booking anybody knows of. */
    void see(Story story);

    /** Called once, after all stories. */
    Finding conclude(World world);
}
