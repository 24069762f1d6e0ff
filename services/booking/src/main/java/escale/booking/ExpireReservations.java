package escale.booking;

import escale.booking.sql.Moves;
import escale.booking.sql.Moves.Moved;
import escale.booking.sql.Timelines;
import escale.messaging.Event;
import escale.messaging.Outbox;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** Frees the seats of those who have not paid in time. Every instance looks; whoever moves a booking first has done it. */
@Singleton
final class ExpireReservations {
    private static final int MOST_AT_ONCE = 200;
    /** Why a charge is taken back that its traveller did not confirm at the bank; its money buys no seats any more. */
    static final String NOT_CONFIRMED = "not-confirmed-in-time";

    private final Database database;
    private final Moves moves;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;
    private final Clock clock;

    ExpireReservations(
            Database database, Moves moves, Timelines timelines, Outbox outbox, Telling telling, Clock clock) {
        this.database = database;
        this.moves = moves;
        this.timelines = timelines;
        this.outbox = outbox;
        this.telling = telling;
        this.clock = clock;
    }

    /** All that are due by now. */
    void round() {
        var found = MOST_AT_ONCE;
        while (found == MOST_AT_ONCE) {
            found = database.transaction(this::expireSome);
        }
    }

    private int expireSome(Transaction tx) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var overdue = moves.overdue(tx, now, MOST_AT_ONCE);
        if (overdue.isEmpty()) {
            return 0;
        }
        moves.lockDepartures(tx, overdue.stream().map(Booking::id).toList());
        var expired = moves.apply(
                        tx, overdue.stream().map(ExpireReservations::expiry).toList(), now)
                .values();
        var seats = new HashMap<UUID, Integer>();
        for (var moved : expired) {
            var booking = moved.booking();
            seats.merge(booking.trip().departureId(), booking.people(), Integer::sum);
        }
        moves.changeSeats(tx, seats);
        tell(tx, expired, now);
        return overdue.size();
    }

    /** A case stays a case: money may still turn up. */
    private static Move expiry(Booking booking) {
        var atTheBank = booking.status() == Status.ACTION_REQUIRED;
        var move = Move.of(booking, Transition.EXPIRE).because(atTheBank ? NOT_CONFIRMED : booking.reason());
        return booking.requiresManualIntervention() ? move.forPeople() : move;
    }

    private void tell(Transaction tx, Collection<Moved> expired, Instant now) throws SQLException {
        var events = new ArrayList<Event>(expired.size());
        var lines = new ArrayList<Heard>(expired.size());
        for (var moved : expired) {
            var booking = moved.booking();
            var told = new BookingEvent.Expired(BookingEvent.About.of(booking), moved.before());
            events.add(telling.event(told, booking.trace()));
            lines.add(Heard.of(told, null, booking.trace().traceparent()));
            if (moved.before() == Status.ACTION_REQUIRED) { // the bank still waits for the traveller
                events.add(telling.takeBack(booking, booking.chargeNo(), NOT_CONFIRMED, now, booking.trace()));
            }
        }
        timelines.add(tx, List.copyOf(lines));
        outbox.add(tx, events);
    }
}
