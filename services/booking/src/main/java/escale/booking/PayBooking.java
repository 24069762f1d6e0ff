package escale.booking;

import escale.booking.BookingEvent.About;
import escale.booking.sql.ChargeOrders;
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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders a further charge for a booking that is not paid: a reservation, one whose card was declined, or a case whose
 * traveller was sent a link. Never while an earlier charge may still take money, so whoever pays twice at once is charged
 * once; that of a case is taken back in the same breath. Works while payment is down: the charge waits for it like any other.
 */
@Singleton
public final class PayBooking {
    private final Database database;
    private final Moves moves;
    private final ChargeOrders orders;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;
    private final Clock clock;

    /** What came of the wish. */
    public sealed interface Paying {
        record Ordered(Booking booking) implements Paying {}

        /** The same wish was granted before; this is its booking as it is now. */
        record Replayed(Booking booking) implements Paying {}

        record Unknown() implements Paying {}

        /** The key stands for another request. */
        record KeyReused() implements Paying {}

        /** The booking as it is cannot be paid, or not so. */
        sealed interface Refused extends Paying {}

        /** A charge is under way, or nobody knows what became of it. */
        record BeingVerified(Booking now) implements Refused {}

        record PaidAlready(Booking now) implements Refused {}

        /** The seats are released. */
        record Expired(Booking now) implements Refused {}

        /** It was given up. */
        record Over(Booking now) implements Refused {}

        /** The tour has begun. */
        record DepartureLeft(Booking now) implements Refused {}

        /** The charge that the link was good for has been made. */
        record LinkUsed(Booking now) implements Refused {}
    }

    PayBooking(
            Database database,
            Moves moves,
            ChargeOrders orders,
            Timelines timelines,
            Outbox outbox,
            Telling telling,
            Clock clock) {
        this.database = database;
        this.moves = moves;
        this.orders = orders;
        this.timelines = timelines;
        this.outbox = outbox;
        this.telling = telling;
        this.clock = clock;
    }

    public Paying pay(PayRequest request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.transaction(tx -> {
            var booking = moves.lock(tx, List.of(request.bookingId())).get(request.bookingId());
            if (booking == null) {
                return new Paying.Unknown();
            }
            var earlier = orders.hashUnder(tx, booking.id(), request.key());
            if (earlier.isPresent()) {
                return Arrays.equals(earlier.get(), request.hash())
                        ? new Paying.Replayed(booking)
                        : new Paying.KeyReused();
            }
            var refusal = refusal(booking, request.onlyCharge(), now);
            return refusal == null ? new Paying.Ordered(order(tx, booking, request, now)) : refusal;
        });
    }

    /** Why no further charge may be ordered; null when one may. */
    static Paying.@Nullable Refused refusal(Booking booking, @Nullable Integer onlyCharge, Instant now) {
        return switch (booking.status()) {
            case RESERVED_PENDING_PAYMENT -> refusalOfUnpaid(booking, onlyCharge, now);
            case PAYMENT_FAILED ->
                // Of a case the retries may begin again at any moment. Who looks at it may send a link instead.
                booking.requiresManualIntervention() && onlyCharge == null
                        ? new Paying.BeingVerified(booking)
                        : refusalOfUnpaid(booking, onlyCharge, now);
            case PENDING_PAYMENT, ACTION_REQUIRED -> new Paying.BeingVerified(booking);
            case CONFIRMED -> new Paying.PaidAlready(booking);
            case EXPIRED -> new Paying.Expired(booking);
            case CANCELLED, REFUND_PENDING, REFUNDED -> new Paying.Over(booking);
        };
    }

    private static Paying.@Nullable Refused refusalOfUnpaid(
            Booking booking, @Nullable Integer onlyCharge, Instant now) {
        var until = booking.expiresAt();
        if (until != null && !until.isAfter(now)) {
            return new Paying.Expired(booking);
        }
        if (!booking.trip().startsAt().isAfter(now)) {
            return new Paying.DepartureLeft(booking);
        }
        return onlyCharge == null || onlyCharge == booking.chargeNo() + 1 ? null : new Paying.LinkUsed(booking);
    }

    private Booking order(Transaction tx, Booking booking, PayRequest request, Instant now) throws SQLException {
        var moved = orders.next(tx, booking, request, now);
        var told = new BookingEvent.PaymentRequested(About.of(moved));
        timelines.add(tx, List.of(Heard.of(told, null, request.trace().traceparent())));
        var events = new ArrayList<Event>(3);
        events.add(telling.event(told, request.trace()));
        if (booking.requiresManualIntervention()) { // first, so that payment closes the case before it charges
            events.add(telling.takeBack(booking, booking.chargeNo(), "superseded-charge", now, request.trace()));
        }
        events.add(telling.charge(moved, request.paymentId(), request.method(), request.trace()));
        outbox.add(tx, events);
        return moved;
    }
}
