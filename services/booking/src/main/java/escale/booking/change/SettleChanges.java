package escale.booking.change;

import escale.booking.Booking;
import escale.booking.BookingEvent;
import escale.booking.BookingEvent.About;
import escale.booking.PaymentNews;
import escale.booking.PaymentNews.Succeeded;
import escale.booking.change.Change.State;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.messaging.Event;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns what payment tells about supplements into what becomes of their changes. Paid: the booking is what was wanted. Not
 * paid, for certain: it stays what it is. Unknown: it waits.
 */
@Singleton
public final class SettleChanges {
    private final Database database;
    private final Moves moves;
    private final Changes changes;
    private final DropChange drop;
    private final TellChanges tell;
    private final Clock clock;

    SettleChanges(Database database, Moves moves, Changes changes, DropChange drop, TellChanges tell, Clock clock) {
        this.database = database;
        this.moves = moves;
        this.changes = changes;
        this.drop = drop;
        this.tell = tell;
        this.clock = clock;
    }

    /** What is left: money that no change waits for. Its line is written with what becomes of it. */
    public List<Succeeded> settle(List<PaymentNews> unplaced) {
        var ids = unplaced.stream().map(news -> news.about().bookingId()).toList();
        return database.transaction(tx -> {
            moves.lockDepartures(tx, ids);
            var bookings = moves.lock(tx, ids);
            var all = changes.of(tx, ids);
            var late = new ArrayList<Succeeded>();
            for (var news : unplaced) {
                var booking = bookings.get(news.about().bookingId());
                var change =
                        all.stream().filter(each -> each.isAbout(news.about())).findFirst();
                if (booking != null && change.isPresent()) {
                    settle(tx, booking, change.get(), news, late);
                } else if (news instanceof Succeeded money) {
                    late.add(money);
                } else {
                    tell.note(tx, news);
                }
            }
            return late;
        });
    }

    private void settle(Transaction tx, Booking booking, Change change, PaymentNews news, List<Succeeded> late)
            throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (Step.endsCharge(news)) {
            changes.closeCharge(tx, change);
        }
        switch (Step.of(change.state(), news)) {
            case TAKE_EFFECT -> tell.tell(tx, news, takeEffect(tx, booking, change, now), List.of());
            case DROP -> drop(tx, booking, change, news, List.of(), now);
            case DROP_AND_TAKE_BACK ->
                drop(
                        tx,
                        booking,
                        change,
                        news,
                        List.of(drop.takeBack(booking, now, news.about().trace())),
                        now);
            case ASK_TRAVELLER -> askTraveller(tx, booking, change, news, now);
            case WAIT -> {
                changes.waitForCertainty(tx, change);
                tell.note(tx, news);
            }
            case LATE -> late.add((Succeeded) news);
            case NOTE -> tell.note(tx, news);
        }
    }

    /** What was held becomes its own; on another departure its own seats of before are free. */
    private BookingEvent takeEffect(Transaction tx, Booking booking, Change change, Instant now) throws SQLException {
        var before = change.before();
        var after = change.after();
        if (!before.departureId().equals(after.departureId())) {
            moves.changeSeats(tx, Map.of(before.departureId(), before.people()));
        }
        var changed = changes.takeEffect(tx, booking, after, now);
        changes.end(tx, change, State.DONE, null);
        return new BookingEvent.Changed(About.of(changed), before);
    }

    private void drop(Transaction tx, Booking booking, Change change, PaymentNews news, List<Event> orders, Instant now)
            throws SQLException {
        tell.tell(tx, news, drop.drop(tx, booking, change, reason(news), now), orders);
    }

    private void askTraveller(Transaction tx, Booking booking, Change change, PaymentNews news, Instant now)
            throws SQLException {
        if (!(news instanceof PaymentNews.ActionRequired action)
                || action.link().equals(change.link())) {
            tell.note(tx, news); // heard before
            return;
        }
        changes.waitAtBank(tx, change, action.link(), action.expiresAt());
        var told = changes.next(tx, booking, booking.chargeNo(), now);
        tell.tell(
                tx,
                news,
                new BookingEvent.ChangeActionRequired(About.of(told), action.link(), action.expiresAt()),
                List.of());
    }

    private static String reason(PaymentNews news) {
        return switch (news) {
            case PaymentNews.Declined declined -> declined.reason();
            case PaymentNews.ExhaustedUnpaid _ -> "retries-exhausted";
            case Succeeded _,
                    PaymentNews.TakenBack _,
                    PaymentNews.ActionRequired _,
                    PaymentNews.AttemptFailed _,
                    PaymentNews.ExhaustedUnknown _,
                    PaymentNews.Refunded _,
                    PaymentNews.RefundFailed _ -> "payment-cancelled";
        };
    }
}
