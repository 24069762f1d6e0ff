package escale.booking.change;

import escale.booking.Booking;
import escale.booking.BookingEvent;
import escale.booking.BookingEvent.About;
import escale.booking.Telling;
import escale.booking.change.Change.State;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.messaging.Event;
import escale.runtime.Trace;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** Drops a change that was not paid for: what was held for it is free again, and the booking stays what it is. */
@Singleton
final class DropChange {
    private final Moves moves;
    private final Changes changes;
    private final Telling telling;

    DropChange(Moves moves, Changes changes, Telling telling) {
        this.moves = moves;
        this.changes = changes;
        this.telling = telling;
    }

    /** The words for it. Booking and departures are locked. */
    BookingEvent drop(Transaction tx, Booking booking, Change change, String reason, Instant now) throws SQLException {
        moves.changeSeats(tx, Map.of(change.after().departureId(), change.held()));
        changes.end(tx, change, State.DROPPED, reason);
        var told = changes.next(tx, booking, booking.chargeNo(), now);
        return new BookingEvent.ChangeFailed(About.of(told), change.after(), reason);
    }

    /** The order that its charge is not made any more, and that money it took goes back. */
    Event takeBack(Booking booking, Instant now, Trace trace) {
        return telling.takeBack(booking, booking.chargeNo(), "change-dropped", now, trace);
    }
}
