package escale.drill.invariants;

import escale.drill.world.Charge;
import escale.drill.world.Payment;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** No money stays with the provider that no booking is owed for. */
final class NoOrphanCharge implements Invariant {
    private final Violations violations = new Violations();
    private long charges;
    private long unpaid;

    @Override
    public String id() {
        return "I4";
    }

    @Override
    public String sentence() {
        return "no orphan charge";
    }

    @Override
    public void see(Story story) {
        charges += story.charges().size();
        for (var charge : story.charges()) {
            if (!knows(story, charge.payment())) {
                violations.add("%s took %d and belongs to no payment (booking %s, payment %s)"
                        .formatted(charge.intent(), charge.amount(), story.id(), charge.payment()));
            }
        }
        var booking = story.booking();
        if (booking == null) {
            for (var charge : story.charges()) {
                violations.add("%s took %d and booking %s does not exist"
                        .formatted(charge.intent(), charge.amount(), story.id()));
            }
            return;
        }
        switch (booking.status()) {
            case CANCELLED, EXPIRED, PAYMENT_FAILED, RESERVED_PENDING_PAYMENT, REFUNDED -> {
                unpaid++;
                if (story.net() != story.refused()) {
                    violations.add("booking %s is %s and the provider holds %d: %s"
                            .formatted(
                                    story.id(),
                                    booking.status(),
                                    story.net(),
                                    story.charges().stream().map(Charge::intent).toList()));
                }
            }
            case PENDING_PAYMENT, ACTION_REQUIRED, CONFIRMED, REFUND_PENDING -> {}
        }
    }

    private static boolean knows(Story story, @Nullable UUID payment) {
        return story.payments().stream().map(Payment::id).anyMatch(id -> id.equals(payment));
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(this, "%d charges, %d bookings that owe nothing".formatted(charges, unpaid));
    }
}
