package escale.booking;

import escale.booking.BookingEvent.About;
import escale.booking.BookingEvent.CancelledBy;
import escale.booking.change.Change;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.booking.sql.Timelines;
import escale.messaging.Event;
import escale.messaging.Outbox;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Gives a booking up: its seats are free at once, its charges are taken back, and money that was paid goes back as soon as
 * the provider takes the order. Works while payment is down.
 */
@Singleton
public final class CancelBooking {
    private final Database database;
    private final Moves moves;
    private final Changes changes;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;
    private final Clock clock;

    /** What came of the wish. */
    public sealed interface Cancellation {
        record Cancelled(Booking booking) implements Cancellation {}

        record Unknown() implements Cancellation {}

        /** It was changed since it was read. */
        record Stale(Booking now) implements Cancellation {}

        /** It is over already. */
        record Over(Booking now) implements Cancellation {}

        /** The tour has begun. */
        record DepartureLeft(Booking now) implements Cancellation {}
    }

    CancelBooking(
            Database database,
            Moves moves,
            Changes changes,
            Timelines timelines,
            Outbox outbox,
            Telling telling,
            Clock clock) {
        this.database = database;
        this.moves = moves;
        this.changes = changes;
        this.timelines = timelines;
        this.outbox = outbox;
        this.telling = telling;
        this.clock = clock;
    }

    public Cancellation cancel(UUID id, long expectedVersion, CancelledBy by, Trace trace) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.transaction(tx -> {
            moves.lockDepartures(tx, List.of(id));
            var booking = moves.lock(tx, List.of(id)).get(id);
            if (booking == null) {
                return new Cancellation.Unknown();
            }
            if (booking.version() != expectedVersion) {
                return new Cancellation.Stale(booking);
            }
            if (!Transition.CANCEL.isLegalFrom(booking.status())) {
                return new Cancellation.Over(booking);
            }
            return booking.trip().startsAt().isAfter(now)
                    ? new Cancellation.Cancelled(cancel(tx, booking, by, now, trace))
                    : new Cancellation.DepartureLeft(booking);
        });
    }

    private Booking cancel(Transaction tx, Booking booking, CancelledBy by, Instant now, Trace trace)
            throws SQLException {
        var cancelled = moves.applyLocked(tx, Move.of(booking, Transition.CANCEL), now);
        moves.changeSeats(tx, freed(tx, booking));
        var told = new ArrayList<BookingEvent>(2);
        told.add(new BookingEvent.Cancelled(About.of(cancelled), by, null));
        var last = cancelled;
        if (booking.status() == Status.CONFIRMED) {
            last = moves.applyLocked(tx, Move.of(cancelled, Transition.GIVE_BACK), now);
            told.add(new BookingEvent.RefundPending(About.of(last), last.amount()));
        }
        var events = new ArrayList<Event>(3);
        told.forEach(event -> events.add(telling.event(event, trace)));
        for (var charge = 1; charge <= booking.chargeNo(); charge++) {
            events.add(telling.takeBack(booking, charge, "booking-cancelled", now, trace));
        }
        timelines.add(
                tx,
                told.stream()
                        .map(event -> Heard.of(event, null, trace.traceparent()))
                        .toList());
        outbox.add(tx, events);
        return last;
    }

    /** Its own, and those of a change that waits: that is dropped with it. */
    private Map<UUID, Integer> freed(Transaction tx, Booking booking) throws SQLException {
        var seats = new HashMap<UUID, Integer>();
        seats.put(booking.trip().departureId(), booking.people());
        for (var change : changes.pending(tx, List.of(booking.id()))) {
            seats.merge(change.after().departureId(), change.held(), Integer::sum);
            changes.end(tx, change, Change.State.DROPPED, "booking-cancelled");
        }
        return seats;
    }
}
