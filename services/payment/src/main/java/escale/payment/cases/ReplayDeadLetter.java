package escale.payment.cases;

import escale.messaging.Event;
import escale.messaging.Outbox;
import escale.messaging.RetryLadder;
import escale.payment.Telling;
import escale.payment.refund.Refunds;
import escale.runtime.Trace;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets an operator try a dead letter again. A charge begins a new cycle, whose first attempt asks the provider before it
 * charges; a refund gets a new key; a record that could not be read is put back where it came from. State, audit and
 * ticket are one transaction, so replaying twice charges once.
 */
@Singleton
public final class ReplayDeadLetter {
    private final Casework casework;
    private final Cases cases;
    private final Refunds refunds;
    private final Outbox outbox;
    private final RetryLadder ladder;
    private final Telling telling;

    ReplayDeadLetter(
            Casework casework, Cases cases, Refunds refunds, Outbox outbox, RetryLadder ladder, Telling telling) {
        this.casework = casework;
        this.cases = cases;
        this.refunds = refunds;
        this.outbox = outbox;
        this.ladder = ladder;
        this.telling = telling;
    }

    /** With another card, if one is given. */
    public Acted replay(UUID id, int seen, @Nullable String method, Deed deed) {
        return casework.act(id, seen, deed, (tx, letter) -> {
            if (letter.status() == DeadLetter.Status.REPLAYING) {
                return new Casework.After.Refused("payment-being-verified", "It is being tried already");
            }
            if (letter.status() != DeadLetter.Status.OPEN) {
                return settled();
            }
            var ticket = letter.payment();
            if (ticket == null) {
                return putBack(tx, letter, deed.trace());
            }
            var refundId = letter.refundId();
            var begun = refundId == null ? chargeAgain(tx, ticket.paymentId(), method) : refunds.again(tx, refundId);
            return begun ? Casework.After.status(letter, DeadLetter.Status.REPLAYING) : settled();
        });
    }

    private static Casework.After settled() {
        return new Casework.After.Refused("already-settled", "The payment has been settled");
    }

    private boolean chargeAgain(Transaction tx, UUID paymentId, @Nullable String method) throws SQLException {
        var payment = cases.beginCycle(tx, paymentId, method);
        if (payment.isPresent()) {
            var rung = ladder.rungs().getFirst();
            outbox.add(tx, List.of(telling.retry(payment.get(), 1, rung.topic(), rung.delay())));
        }
        return payment.isPresent();
    }

    /** If it still cannot be read it comes back as another case. */
    private Casework.After putBack(Transaction tx, DeadLetter letter, Trace trace) throws SQLException {
        if (letter.payload() == null || letter.key() == null) {
            return new Casework.After.Refused("not-replayable", "There is nothing in this record that could be tried");
        }
        outbox.add(
                tx,
                List.of(new Event(
                        letter.origin().topic(),
                        Objects.requireNonNull(letter.key()),
                        letter.type(),
                        letter.payload(),
                        trace)));
        return Casework.After.status(letter, DeadLetter.Status.SETTLED);
    }
}
