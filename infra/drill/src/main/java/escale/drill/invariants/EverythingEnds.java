package escale.drill.invariants;

import escale.drill.world.Booking;
import escale.drill.world.Payment;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/** Nothing is on its way for ever; what machines gave up is one case before people. */
final class EverythingEnds implements Invariant {
    private final Violations violations = new Violations();
    private final Instant latest;
    private long bookings;
    private long payments;

    EverythingEnds(Instant latest) {
        this.latest = latest;
    }

    @Override
    public String id() {
        return "I7";
    }

    @Override
    public String sentence() {
        return "everything ends";
    }

    @Override
    public void see(Story story) {
        var booking = story.booking();
        if (booking != null) {
            bookings++;
            if (!booking.rests(latest) && !waitsForRefusedMoney(story)) {
                violations.add("booking %s is still %s".formatted(story.id(), booking.status()));
            }
            if (booking.needsAttention() && cases(story.payments()) == 0) {
                violations.add("booking %s waits for a person, and no case tells one".formatted(story.id()));
            }
            if (booking.change() != null) {
                see(story, booking.change());
            }
        }
        for (var payment : story.payments()) {
            payments++;
            switch (payment.state()) {
                case WAITING, ATTEMPTING ->
                    violations.add("payment %s of booking %s is still %s"
                            .formatted(payment.id(), story.id(), payment.state()));
                case FAILED, UNPROVEN -> {
                    if (payment.cases() != payment.cycle()) {
                        violations.add("payment %s of booking %s is %s after %d cycles and has %d cases"
                                .formatted(
                                        payment.id(), story.id(), payment.state(), payment.cycle(), payment.cases()));
                    }
                }
                case PAID, DECLINED, ACTION_REQUIRED, CANCELLED -> {}
            }
            if (payment.refunding() > 0) {
                violations.add("%d of payment %s of booking %s are still on their way back"
                        .formatted(payment.refunding(), payment.id(), story.id()));
            }
        }
    }

    /** A change may wait for its traveller at the bank until its time is over, and for a person who finds out. */
    private void see(Story story, Booking.Change change) {
        var until = change.until();
        if (until != null && !until.isAfter(latest)) {
            violations.add("a change of booking %s waits since %s".formatted(story.id(), until));
        }
        var waits = story.payments().stream()
                .filter(payment -> payment.chargeNo() == change.chargeNo())
                .anyMatch(payment -> switch (payment.state()) {
                    case WAITING, ATTEMPTING, ACTION_REQUIRED, UNPROVEN -> true;
                    case PAID, DECLINED, CANCELLED, FAILED -> false;
                });
        if (!waits) {
            violations.add("a change of booking %s waits for charge %d, of which nothing is to come"
                    .formatted(story.id(), change.chargeNo()));
        }
    }

    /** A refund the provider does not take is a case, and until a person has settled it the booking waits. */
    private static boolean waitsForRefusedMoney(Story story) {
        return story.booking() != null
                && story.booking().status() == Booking.Status.REFUND_PENDING
                && story.payments().stream().anyMatch(payment -> payment.refused() > 0);
    }

    private static int cases(List<Payment> payments) {
        return payments.stream().mapToInt(Payment::cases).sum();
    }

    @Override
    public Finding conclude(World world) {
        var cases = world.cases();
        var letters = world.topics().deadLetters();
        var known = new HashSet<String>();
        for (var each : cases) {
            known.add(each.origin());
            if (each.booking() != null) {
                known.add(each.booking().toString());
            }
        }
        for (var letter : letters) {
            if (!known.contains(letter.key()) && !known.contains(letter.origin())) {
                violations.add("the dead letter at %s-%d@%d (booking %s) has no case"
                        .formatted(letter.topic(), letter.partition(), letter.offset(), letter.key()));
            }
        }
        return violations.over(
                this,
                "%d bookings, %d payments, %d dead letters, %d cases"
                        .formatted(bookings, payments, letters.size(), cases.size()));
    }
}
