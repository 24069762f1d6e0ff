package escale.booking.change;

import escale.booking.Booking;
import escale.booking.BookingEvent;
import escale.booking.BookingEvent.About;
import escale.booking.Telling;
import escale.booking.change.Change.Seats;
import escale.booking.change.Changing.Decision;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.messaging.Event;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.UUID;

/** Does a change that costs no more: seats, price, and the order to give back what was paid too much. */
@Singleton
final class TakeSeats {
    private final Moves moves;
    private final Changes changes;
    private final Telling telling;
    private final TellChanges tell;

    TakeSeats(Moves moves, Changes changes, Telling telling, TellChanges tell) {
        this.moves = moves;
        this.changes = changes;
        this.telling = telling;
        this.tell = tell;
    }

    Changed take(Transaction tx, Booking booking, Decision.Granted granted, ChangeRequest request, Instant now)
            throws SQLException {
        var change = Change.done(request, booking, granted);
        var before = change.before();
        var after = change.after();
        freeAndTake(tx, before, after);
        var changed = changes.takeEffect(tx, booking, after, now);
        changes.add(tx, change, request, now);
        var told = new ArrayList<BookingEvent>(2);
        told.add(new BookingEvent.Changed(About.of(changed), before));
        var orders = new ArrayList<Event>(1);
        var back = before.amount() - after.amount();
        if (back > 0) {
            changed = changes.next(tx, changed, changed.chargeNo(), now);
            told.add(new BookingEvent.RefundPending(About.of(changed), back));
            orders.add(telling.giveBack(changed, request.changeId(), back, request.trace()));
        }
        tell.tell(tx, told, orders, request.trace());
        return new Changed.Done(changed);
    }

    private void freeAndTake(Transaction tx, Seats before, Seats after) throws SQLException {
        var seats = new HashMap<UUID, Integer>();
        seats.merge(before.departureId(), before.people(), Integer::sum);
        seats.merge(after.departureId(), -after.people(), Integer::sum);
        moves.changeSeats(tx, seats);
    }
}
