package escale.payment.redrive;

import escale.payment.cases.Filter;
import escale.payment.redrive.Redrives.Wish;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Chooses the letters of a redrive and leaves it to whichever instance comes first. The choice is made once: a letter
 * that fails again is another case, and no redrive runs after its own failures.
 */
@Singleton
public final class StartRedrive {
    private static final int MOST_LETTERS = 100_000;

    private final Database database;
    private final Redrives redrives;

    /**
     * What an operator asks for.
     *
     * @param wanted the filter, in words
     * @param rate replays per second, at most
     * @param stopAt percent of a batch that may fail
     */
    public record Order(Filter filter, String wanted, int rate, int stopAt, String note) {}

    /** Who asks, and under which key. */
    public record Asked(UUID id, String operator, String key, byte[] hash, Trace trace) {}

    /** What came of it. */
    public sealed interface Started {
        record Running(Redrive redrive) implements Started {}

        /** It was started under this key before. */
        record Again(Redrive redrive) implements Started {}

        record KeyReused() implements Started {}

        record AnotherRuns(UUID id) implements Started {}

        record NothingToDo() implements Started {}
    }

    StartRedrive(Database database, Redrives redrives) {
        this.database = database;
        this.redrives = redrives;
    }

    public Started start(Order order, Asked asked) {
        return database.transaction(tx -> {
            var before = underKey(tx, asked);
            if (before.isPresent()) {
                return before.get();
            }
            var wish = new Wish(
                    asked.id,
                    asked.operator,
                    asked.key,
                    asked.hash,
                    order.note,
                    order.wanted,
                    order.rate,
                    order.stopAt);
            if (redrives.start(tx, wish, order.filter, MOST_LETTERS, asked.trace) > 0) {
                return new Started.Running(redrives.find(tx, asked.id).orElseThrow());
            }
            var meanwhile = underKey(tx, asked);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            var running = redrives.running(tx);
            return running.isPresent() ? new Started.AnotherRuns(running.get()) : new Started.NothingToDo();
        });
    }

    private Optional<Started> underKey(Transaction tx, Asked asked) throws SQLException {
        var known = redrives.underKey(tx, asked.operator, asked.key);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.equals(known.get().getValue(), asked.hash)
                        ? new Started.Again(
                                redrives.find(tx, known.get().getKey()).orElseThrow())
                        : new Started.KeyReused());
    }
}
