package escale.payment.cases;

import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The frame of every act on cases: as they were seen, in one transaction, with a line in the history of each. */
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

    /** The same for many at once; says of each how it stands after it. */
    @FunctionalInterface
    interface Steps {
        Map<UUID, After> take(Transaction tx, List<DeadLetter> letters) throws SQLException;
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
        return actOnAll(id, seen, deed, (tx, letters) -> Map.of(id, step.take(tx, letters.getFirst())));
    }

    Acted actOnAll(UUID id, int seen, Deed deed, Steps steps) {
        return database.transaction(tx -> Objects.requireNonNull(
                actOnAll(tx, Map.of(id, seen), deed, steps).get(id)));
    }

    /** Those that are not as they were seen are left alone; the others go through the steps together. */
    Map<UUID, Acted> actOnAll(Transaction tx, Map<UUID, Integer> seen, Deed deed, Steps steps) throws SQLException {
        var acted = new HashMap<UUID, Acted>();
        seen.keySet().forEach(id -> acted.put(id, new Acted.Unknown()));
        var letters = new HashMap<UUID, DeadLetter>();
        for (var letter : cases.lock(tx, seen.keySet())) {
            if (letter.version() == Objects.requireNonNull(seen.get(letter.id()))) {
                letters.put(letter.id(), letter);
            } else {
                acted.put(
                        letter.id(),
                        new Acted.Stale(letter, cases.lastDeed(tx, letter.id()).orElse(null)));
            }
        }
        var entries = new HashMap<UUID, After.Stands>();
        if (!letters.isEmpty()) {
            steps.take(tx, List.copyOf(letters.values())).forEach((id, after) -> {
                switch (after) {
                    case After.Refused(var code, var why) -> acted.put(id, new Acted.Refused(code, why));
                    case After.Stands stands -> entries.put(id, stands);
                }
            });
        }
        for (var letter : cases.enter(tx, entries, deed)) {
            acted.put(letter.id(), new Acted.Done(letter));
        }
        return acted;
    }
}
