package escale.payment;

import escale.messaging.Outbox;
import escale.messaging.RetryLadder;
import escale.payment.sql.DeadLetterCases;
import escale.runtime.Trace;
import escale.sql.Database;
import jakarta.inject.Singleton;
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

    ReplayDeadLetter(Database database, DeadLetterCases cases, Outbox outbox, RetryLadder ladder, Telling telling) {
        this.database = database;
        this.cases = cases;
        this.outbox = outbox;
        this.ladder = ladder;
        this.telling = telling;
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
            var payment = letter.status() == DeadLetter.Status.OPEN
                    ? cases.beginCycle(tx, ticket.paymentId())
                    : java.util.Optional.<Payment>empty();
            if (payment.isEmpty()) {
                return new Outcome.NothingToReplay(letter);
            }
            var rung = ladder.rungs().getFirst();
            outbox.add(tx, List.of(telling.retry(payment.get(), 1, rung.topic(), rung.delay())));
            return new Outcome.Replaying(cases.mark(tx, id, DeadLetter.Status.REPLAYING, operator, "replay"));
        });
    }
}
