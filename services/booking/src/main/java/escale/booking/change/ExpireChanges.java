package escale.booking.change;

import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Drops changes whose supplement was not paid in time. The charge is taken back: it is not made any more, and money it took
 * goes back. Every instance looks; whoever locks the booking first has done it.
 */
@Singleton
public final class ExpireChanges {
    private static final int MOST_AT_ONCE = 100;

    private final Database database;
    private final Moves moves;
    private final Changes changes;
    private final DropChange drop;
    private final TellChanges tell;
    private final Clock clock;

    ExpireChanges(Database database, Moves moves, Changes changes, DropChange drop, TellChanges tell, Clock clock) {
        this.database = database;
        this.moves = moves;
        this.changes = changes;
        this.drop = drop;
        this.tell = tell;
        this.clock = clock;
    }

    /** All that are due by now. */
    public void round() {
        var found = MOST_AT_ONCE;
        while (found == MOST_AT_ONCE) {
            found = database.transaction(this::expireSome);
        }
    }

    private int expireSome(Transaction tx) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var ids = changes.overdue(tx, now, MOST_AT_ONCE);
        if (ids.isEmpty()) {
            return 0;
        }
        moves.lockDepartures(tx, ids);
        var bookings = moves.lock(tx, ids);
        for (var change : changes.pending(tx, ids)) { // as they are now that nobody else can move them
            var booking = bookings.get(change.bookingId());
            if (booking != null && isOver(change, now)) {
                var told = drop.drop(tx, booking, change, "not-paid-in-time", now);
                var order = drop.takeBack(booking, now, change.trace());
                tell.tell(tx, List.of(told), List.of(order), change.trace());
            }
        }
        return ids.size();
    }

    private static boolean isOver(Change change, Instant now) {
        var until = change.expiresAt();
        return until != null && !until.isAfter(now);
    }
}
