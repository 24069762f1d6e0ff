package escale.drill.invariants;

import escale.drill.world.Story;
import escale.drill.world.World;

/** No cycle of a payment takes more than its six attempts. */
final class NoZombieRetries implements Invariant {
    private static final int ATTEMPTS = 6;

    private final Violations violations = new Violations();
    private long payments;
    private long retried;

    @Override
    public String id() {
        return "I10";
    }

    @Override
    public String sentence() {
        return "no zombie retries";
    }

    @Override
    public void see(Story story) {
        for (var payment : story.payments()) {
            payments++;
            if (payment.attempts() > 1) {
                retried++;
            }
            if (payment.attempts() > ATTEMPTS) {
                violations.add("payment %s of booking %s had %d attempts in one cycle"
                        .formatted(payment.id(), story.id(), payment.attempts()));
            }
        }
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(this, "%d payments, %d tried more than once".formatted(payments, retried));
    }
}
