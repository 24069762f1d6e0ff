package escale.drill.invariants;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import escale.drill.world.Charge;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.Objects;

/**
 * A charge that was ordered takes money once at most, and what was taken altogether, less what went back, is the price as
 * it is now or nothing.
 */
final class NoDoubleCharge implements Invariant {
    private final Violations violations = new Violations();
    private long charges;

    @Override
    public String id() {
        return "I2";
    }

    @Override
    public String sentence() {
        return "no double charge";
    }

    @Override
    public void see(Story story) {
        charges += story.charges().size();
        story.charges().stream()
                .filter(charge -> charge.payment() != null)
                .collect(groupingBy(charge -> Objects.requireNonNull(charge.payment()), counting()))
                .forEach((payment, count) -> {
                    if (count > 1) {
                        violations.add("payment %s of booking %s took money %d times: %s"
                                .formatted(payment, story.id(), count, intents(story)));
                    }
                });
        var booking = story.booking();
        if (booking != null && story.kept() != 0 && story.kept() != booking.amount()) {
            violations.add("booking %s costs %d and the provider holds %d: %s"
                    .formatted(story.id(), booking.amount(), story.kept(), intents(story)));
        }
    }

    private static String intents(Story story) {
        return String.join(", ", story.charges().stream().map(Charge::intent).toList());
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(this, charges + " charges of the provider");
    }
}
