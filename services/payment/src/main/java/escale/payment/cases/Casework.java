package escale.payment.cases;

import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The frame of every act of a person on a case: as they saw it, in one transaction, with a line in the history. */
@Singleton
final class Casework {
    private final Database database;
    private final Cases cases;

    Casework(Database database, Cases cases) {
        this.database = database;
        this.cases = cases;
    }

    /** What the act does beside the case itself. */
    @FunctionalInterface
    interface Step {
        After take(Transaction tx, DeadLetter letter) throws SQLException;
    }

    /** How the case stands after a step, or why there was none. */
    sealed interface After {
        record Stands(DeadLetter.Status status, @Nullable String owner) implements After {}

        record Refused(String code, String why) implements After {}

        static After status(DeadLetter letter, DeadLetter.Status status) {
            return new Stands(status, letter.owner());
        }
    }

    Acted act(UUID id, int seen, Deed deed, Step step) {
        return database.transaction(tx -> {
            var found = cases.lock(tx, id);
            if (found.isEmpty()) {
                return new Acted.Unknown();
            }
            var letter = found.get();
            if (letter.version() != seen) {
                return new Acted.Stale(letter);
            }
            return switch (step.take(tx, letter)) {
                case After.Refused(var code, var why) -> new Acted.Refused(code, why);
                case After.Stands(var status, var owner) -> new Acted.Done(cases.enter(tx, id, status, owner, deed));
            };
        });
    }
}
