package escale.payment;

import escale.messaging.Outbox;
import escale.messaging.RetryLadder;
import escale.payment.refund.Refunds;
import escale.payment.sql.DeadLetterCases;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Lets an operator try a dead letter again: a new cycle of attempts, whose first one asks the provider before it
 * charges. State, audit and ticket are one transaction, so replaying twice charges once.
 */
@Singleton
public final class ReplayDeadLetter {
    private final Database database;
    private final DeadLetterCases cases;
    private final Refunds refunds;
    private final Outbox outbox;
    private final RetryLadder ladder;
    private final Telling telling;

    /** What came of the wish. */
    public sealed interface Outcome {
        record Replaying(DeadLetter letter) implements Outcome {}

        record Unknown() implements Outcome {}

        /** Somebody else was first. */
        record Stale(DeadLetter now) implements Outcome {}

        /** A record that could not be read has no payment to try again. */
        record Unreadable() implements Outcome {}

        /** The payment was settled meanwhile, or another try is under way. */
        record NothingToReplay(DeadLetter now) implements Outcome {}
    }

    ReplayDeadLetter(
            Database database,
            DeadLetterCases cases,
            Refunds refunds,
            Outbox outbox,
            RetryLadder ladder,
            Telling telling) {
        this.database = database;
        this.cases = cases;
        this.refunds = refunds;
        this.outbox = outbox;
        this.ladder = ladder;
        this.telling = telling;
    }

    private boolean chargeAgain(Transaction tx, UUID paymentId) throws SQLException {
        var payment = cases.beginCycle(tx, paymentId);
        if (payment.isPresent()) {
            var rung = ladder.rungs().getFirst();
            outbox.add(tx, List.of(telling.retry(payment.get(), 1, rung.topic(), rung.delay())));
        }
        return payment.isPresent();
    }

    public Outcome replay(UUID id, int expectedVersion, String operator, Trace trace) {
        return database.transaction(tx -> {
            var found = cases.lock(tx, id);
            if (found.isEmpty()) {
                return new Outcome.Unknown();
            }
            var letter = found.get();
            if (letter.version() != expectedVersion) {
                return new Outcome.Stale(letter);
            }
            var ticket = letter.payment();
            if (ticket == null) {
                return new Outcome.Unreadable();
            }
            var refundId = letter.refundId();
            var begun = letter.status() == DeadLetter.Status.OPEN
                    && (refundId == null ? chargeAgain(tx, ticket.paymentId()) : refunds.again(tx, refundId));
            if (!begun) {
                return new Outcome.NothingToReplay(letter);
            }
            return new Outcome.Replaying(cases.mark(tx, id, DeadLetter.Status.REPLAYING, operator, "replay"));
        });
    }
}
