package escale.booking;

import escale.booking.PaymentNews.Refunded;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.booking.sql.Timelines;
import escale.messaging.Outbox;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Hears of refunds of bookings that were changed: there may be several, of several charges. A booking that was given up is
 * refunded with the last of them; of one that is kept its traveller is told of each.
 */
@Singleton
final class SettleRefunds {
    private final Database database;
    private final Moves moves;
    private final Changes changes;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;
    private final Clock clock;

    /** What a refund means for a booking that its own charge number did not lead to. */
    enum Meaning {
        /** Nothing is left to go back. */
        REFUND,
        TELL,
        NOTE;

        static Meaning of(Status status, Refunded refunded) {
            return switch (status) {
                case REFUND_PENDING -> refunded.remaining() != null && refunded.isAll() ? REFUND : NOTE;
                case CONFIRMED -> refunded.isAfterChange() ? TELL : NOTE;
                case PENDING_PAYMENT,
                        RESERVED_PENDING_PAYMENT,
                        ACTION_REQUIRED,
                        PAYMENT_FAILED,
                        CANCELLED,
                        EXPIRED,
                        REFUNDED -> NOTE;
            };
        }
    }

    SettleRefunds(
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

    void settle(List<Refunded> refunds) {
        var ids = refunds.stream().map(refund -> refund.about().bookingId()).toList();
        database.transaction(tx -> {
            var bookings = moves.lock(tx, ids);
            for (var refunded : refunds) {
                var booking = bookings.get(refunded.about().bookingId());
                if (booking == null || !tell(tx, booking, refunded)) {
                    timelines.add(tx, List.of(Heard.of(refunded)));
                }
            }
            return bookings;
        });
    }

    private boolean tell(Transaction tx, Booking booking, Refunded refunded) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return switch (Meaning.of(booking.status(), refunded)) {
            case REFUND -> {
                var told = telling.told(refunded, moves.applyLocked(tx, Move.of(booking, Transition.REFUND), now));
                timelines.add(tx, List.of(Heard.of(refunded, told)));
                outbox.add(tx, List.of(telling.event(told, refunded.about().trace())));
                yield true;
            }
            case TELL -> {
                tellOnce(tx, booking, refunded, now);
                yield true;
            }
            case NOTE -> false;
        };
    }

    /** It leaves no state behind: only its line in the timeline tells whether it was heard before. */
    private void tellOnce(Transaction tx, Booking booking, Refunded refunded, Instant now) throws SQLException {
        var line = Heard.of(refunded, telling.told(refunded, booking));
        if (timelines.add(tx, List.of(line)).get() == 1) {
            var told = telling.told(refunded, changes.next(tx, booking, booking.chargeNo(), now));
            outbox.add(tx, List.of(telling.event(told, refunded.about().trace())));
        }
    }
}
