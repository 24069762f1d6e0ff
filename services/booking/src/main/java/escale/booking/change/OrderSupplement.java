package escale.booking.change;

import escale.booking.Booking;
import escale.booking.BookingEvent;
import escale.booking.BookingEvent.About;
import escale.booking.Telling;
import escale.booking.change.Changing.Decision;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Begins a change that costs more: what it needs is held, and its supplement is charged. The booking is what it was. */
@Singleton
final class OrderSupplement {
    /** How long the further seats are held for whoever has not paid. */
    private static final Duration HELD = Duration.ofMinutes(30);

    private final Moves moves;
    private final Changes changes;
    private final Telling telling;
    private final TellChanges tell;

    OrderSupplement(Moves moves, Changes changes, Telling telling, TellChanges tell) {
        this.moves = moves;
        this.changes = changes;
        this.telling = telling;
        this.tell = tell;
    }

    /** Never while an earlier supplement may still take money: payment charges a booking once at a time. */
    Changed order(
            Transaction tx,
            Booking booking,
            Decision.Granted granted,
            ChangeRequest request,
            List<Change> earlier,
            Instant now)
            throws SQLException {
        var supplement = granted.amount() - booking.amount();
        var method = request.method();
        if (method == null) {
            return new Changed.MethodNeeded(supplement);
        }
        if (earlier.stream().anyMatch(Change::chargeOpen)) {
            return new Changed.BeingVerified();
        }
        var ordered = changes.next(tx, booking, booking.chargeNo() + 1, now);
        var until = Stream.of(
                        now.plus(HELD),
                        booking.trip().startsAt(),
                        granted.departure().startsAt())
                .min(Instant::compareTo)
                .orElseThrow();
        var change = Change.pending(request, booking, granted, ordered.chargeNo(), until);
        moves.changeSeats(tx, Map.of(granted.departure().id(), -change.held()));
        changes.add(tx, change, request, now);
        var told = new BookingEvent.ChangeRequested(About.of(ordered), change.after(), supplement, until);
        var order = telling.supplement(ordered, request.paymentId(), supplement, method, request.trace());
        tell.tell(tx, List.of(told), List.of(order), request.trace());
        return new Changed.Waiting(ordered, change);
    }
}
