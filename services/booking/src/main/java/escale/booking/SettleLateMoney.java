package escale.booking;

import static java.util.stream.Collectors.groupingBy;

import escale.booking.PaymentNews.Succeeded;
import escale.booking.change.Change;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about money that came when its booking did not wait for it any more: there are seats again, or it goes back.
 * Never silently.
 */
@Singleton
final class SettleLateMoney {
    private static final Logger log = LoggerFactory.getLogger(SettleLateMoney.class);

    private final Database database;
    private final Moves moves;
    private final Changes changes;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;
    private final Clock clock;

    /** What such money comes to. */
    enum Fate {
        /** It is not late at all. */
        CONFIRM,
        RESEAT,
        GIVE_BACK,
        /** Of a charge that was given up: it goes back, and the booking stays what it is. */
        STRAY,
        /** Heard before. */
        KNOWN;

        static Fate of(Booking booking, List<Change> changes, Succeeded money, Departure departure, Instant now) {
            if (!Change.isKept(money.about().chargeNo(), booking, changes)) {
                return STRAY;
            }
            return switch (booking.status()) {
                case PENDING_PAYMENT, ACTION_REQUIRED, PAYMENT_FAILED -> CONFIRM;
                case EXPIRED -> !isTakenBack(booking) && hasRoom(departure, booking, now) ? RESEAT : GIVE_BACK;
                case CANCELLED -> GIVE_BACK;
                case CONFIRMED, REFUND_PENDING, REFUNDED, RESERVED_PENDING_PAYMENT -> KNOWN;
            };
        }

        /** Payment was told to, and will do so whatever is decided here. */
        private static boolean isTakenBack(Booking expired) {
            return ExpireReservations.NOT_CONFIRMED.equals(expired.reason());
        }

        private static boolean hasRoom(Departure departure, Booking booking, Instant now) {
            return departure.open() && departure.startsAt().isAfter(now) && departure.seatsLeft() >= booking.people();
        }
    }

    SettleLateMoney(
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

    /** The bookings among them that nobody knows. */
    Set<UUID> settle(List<Succeeded> late) {
        var ids = late.stream().map(money -> money.about().bookingId()).toList();
        return database.transaction(tx -> {
            var unknown = new HashSet<UUID>();
            moves.lockDepartures(tx, ids);
            var bookings = moves.lock(tx, ids);
            var changed = changes.of(tx, ids).stream().collect(groupingBy(Change::bookingId));
            for (var money : late) {
                var booking = bookings.get(money.about().bookingId());
                if (booking == null) {
                    unknown.add(money.about().bookingId());
                } else {
                    settle(tx, booking, changed.getOrDefault(booking.id(), List.of()), money);
                }
            }
            return unknown;
        });
    }

    private void settle(Transaction tx, Booking booking, List<Change> changed, Succeeded money) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var departure = moves.lockDepartures(tx, List.of(booking.id()))
                .get(booking.trip().departureId()); // again: another of this batch may have taken seats
        if (departure == null) {
            throw new IllegalStateException("Booking " + booking.id() + " is of no departure");
        }
        var fate = Fate.of(booking, changed, money, departure, now);
        switch (fate) {
            case CONFIRM -> confirm(tx, booking, money, Transition.CONFIRM, now);
            case RESEAT -> {
                moves.changeSeats(tx, Map.of(departure.id(), -booking.people()));
                confirm(tx, booking, money, Transition.RESEAT, now);
            }
            case GIVE_BACK -> giveBack(tx, booking, money, now);
            case STRAY -> returnStray(tx, booking, money, now);
            case KNOWN -> timelines.add(tx, List.of(Heard.of(money)));
        }
        log.info(
                "Late money for booking {}, charge {}: {}",
                booking.id(),
                money.about().chargeNo(),
                fate);
    }

    private void confirm(Transaction tx, Booking booking, Succeeded money, Transition transition, Instant now)
            throws SQLException {
        var moved = moves.applyLocked(tx, Move.of(booking, transition), now);
        write(tx, money, telling.told(money, moved), List.of());
    }

    private void giveBack(Transaction tx, Booking booking, Succeeded money, Instant now) throws SQLException {
        var moved = moves.applyLocked(tx, Move.of(booking, Transition.GIVE_BACK), now);
        var order = telling.takeBack(
                moved, moved.chargeNo(), "late-payment", now, money.about().trace());
        write(tx, money, new BookingEvent.RefundPending(BookingEvent.About.of(moved), moved.amount()), List.of(order));
    }

    /** Only its line in the timeline tells whether it is back already. */
    private void returnStray(Transaction tx, Booking booking, Succeeded money, Instant now) throws SQLException {
        if (timelines.add(tx, List.of(Heard.of(money))).get() == 1) {
            var about = money.about();
            outbox.add(
                    tx, List.of(telling.takeBack(booking, about.chargeNo(), "superseded-charge", now, about.trace())));
        }
    }

    private void write(Transaction tx, Succeeded money, BookingEvent told, List<Event> orders) throws SQLException {
        var events = new ArrayList<Event>(orders);
        events.add(telling.event(told, money.about().trace()));
        timelines.add(tx, List.of(Heard.of(money, told)));
        outbox.add(tx, events);
    }
}
