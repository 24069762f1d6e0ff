package escale.drill.invariants;

import escale.drill.world.CallFile;
import escale.drill.world.Payment;
import escale.drill.world.Story;
import escale.drill.world.World;

/**
 * No cycle of a payment takes more than its six attempts, and nobody asks the provider for money that is not wanted any
 * more. A call is too late when it arrives more than 10 s, the time of an attempt's last call, after one of these:
 *
 * <ul>
 *   <li>payment told the end of this payment itself: succeeded, declined or cancelled;
 *   <li>payment knew that booking, which had come to its end, took this charge back. It knew when it had told of what
 *       came of a later record of that partition of {@code payments}: a partition is read in order.
 * </ul>
 *
 * So a charge may be called for after its booking was cancelled, while the order to take it back lies unread because
 * payment, the broker or the database is away. Such money must go back, and that is what I4 looks for. After an end that
 * a person may undo, by trying a dead letter again, a call is no zombie.
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
            if (call.ended() || isTakenBack(call, story)) {
                violations.add("payment %s of booking %s was called for at %s, after its end"
                        .formatted(call.payment(), story.id(), call.at()));
            }
        }
    }

    /** A charge that payment has no row of came after the order to take it back, and must never be tried. */
    private static boolean isTakenBack(CallFile.Late call, Story story) {
        var charge = story.payments().stream()
                .filter(payment -> payment.id().equals(call.payment()))
                .map(Payment::chargeNo)
                .findFirst();
        return charge.isEmpty() || call.takenBack().contains(charge.get());
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(
                this,
                "%d payments, %d tried more than once; %s"
                        .formatted(
                                payments,
                                retried,
                                calls.readable()
                                        ? "%d calls for a charge, %d charges taken back"
                                                .formatted(
                                                        calls.count(),
                                                        world.topics().takenBack())
                                        : "no record of the provider's calls here"));
    }
}
