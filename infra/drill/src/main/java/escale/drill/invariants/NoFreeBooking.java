package escale.drill.invariants;

import escale.drill.world.Story;
import escale.drill.world.World;

/** Nobody travels without having paid. */
final class NoFreeBooking implements Invariant {
    private final Violations violations = new Violations();
    private long confirmed;
    private long sum;

    @Override
    public String id() {
        return "I3";
    }

    @Override
    public String sentence() {
        return "no free booking";
    }

    @Override
    public void see(Story story) {
        var booking = story.booking();
        if (booking == null || !booking.paid()) {
            return;
        }
        confirmed++;
        sum += booking.amount();
        if (story.kept() != booking.amount()) {
            violations.add("booking %s is CONFIRMED for %d and the provider holds %d"
                    .formatted(story.id(), booking.amount(), story.kept()));
        }
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(this, "%d confirmed bookings, prices %d".formatted(confirmed, sum));
    }
}
