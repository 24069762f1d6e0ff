package escale.payment.redrive;

import escale.sql.Database;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Stops a redrive for good. What is under way ends as it ends; what is left waits for people as before. */
@Singleton
public final class CancelRedrive {
    private final Database database;
    private final Redrives redrives;

    /** What came of it. */
    public sealed interface Cancelled {
        /** It is cancelled, by this or somebody's wish before. */
        record Now(Redrive redrive) implements Cancelled {}

        /** It has ended by itself. */
        record Over(Redrive redrive) implements Cancelled {}

        record Unknown() implements Cancelled {}
    }

    CancelRedrive(Database database, Redrives redrives) {
        this.database = database;
        this.redrives = redrives;
    }

    public Cancelled cancel(UUID id, String operator) {
        return database.transaction(tx -> {
            redrives.cancel(tx, id, operator);
            var found = redrives.find(tx, id);
            if (found.isEmpty()) {
                return new Cancelled.Unknown();
            }
            var redrive = found.get();
            return redrive.state() == Redrive.State.CANCELLED
                    ? new Cancelled.Now(redrive)
                    : new Cancelled.Over(redrive);
        });
    }
}
