package escale.drill.invariants;

import escale.drill.world.CallFile;
import escale.drill.world.Payment;
import escale.drill.world.Story;
import escale.drill.world.World;

/**
 * No cycle of a payment takes more than its six attempts, and nobody asks the provider for money that is not wanted any
 * more: no call for a charge arrives more than 10 s, the time of an attempt's last call, after payment told the end of that
 * charge (succeeded, declined or cancelled), and none for a charge that payment never let in, because the order to take it
 * back had come first.
 *
 * <p>The end is the one that payment told, not the one of the booking: while the order to take a charge back lies unread,
 * because payment, the broker or the database is away, it may be called for; such money must go back, and that is what I4
 * looks for. An exhausted payment has no end: a person may try it again.
 */
final class NoZombieRetries implements Invariant {
    private static final int ATTEMPTS = 6;

    private final Violations violations = new Violations();
    private final CallFile calls;
    private long payments;
    private long retried;

    NoZombieRetries(CallFile calls) {
        this.calls = calls;
    }

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
        for (var call : calls.lateOf(story.id())) {
            if (call.ended() || isOfNobody(call, story)) {
                violations.add("payment %s of booking %s was called for at %s, %s"
                        .formatted(
                                call.payment(),
                                story.id(),
                                call.at(),
                                call.ended() ? "after its end" : "and payment does not have it"));
            }
        }
    }

    private static boolean isOfNobody(CallFile.Late call, Story story) {
        return story.payments().stream().map(Payment::id).noneMatch(call.payment()::equals);
    }

    @Override
    public Finding conclude(World world) {
        var called = calls.readable()
                ? "%d calls for a charge".formatted(calls.count())
                : "no record of the provider's calls here";
        return violations.over(this, "%d payments, %d tried more than once; %s".formatted(payments, retried, called));
    }
}
