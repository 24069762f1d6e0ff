package escale.booking;

import escale.booking.BookingEvent.About;
import escale.booking.sql.ChargeOrders;
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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders a further charge for a booking that is not paid: a reservation, or one whose card was declined. Never while an
 * earlier charge may still take money, so whoever pays twice at once is charged once. Works while payment is down: the
 * charge waits for it like any other.
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

        /** A charge is under way, or nobody knows what became of it. */
        record BeingVerified(Booking now) implements Paying {}

        record PaidAlready(Booking now) implements Paying {}

        /** The seats are released. */
        record Expired(Booking now) implements Paying {}

        /** It was given up. */
        record Over(Booking now) implements Paying {}

        /** The tour has begun. */
        record DepartureLeft(Booking now) implements Paying {}

        /** The charge that the link was good for has been made. */
        record LinkUsed(Booking now) implements Paying {}
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
    static @Nullable Paying refusal(Booking booking, @Nullable Integer onlyCharge, Instant now) {
        return switch (booking.status()) {
            case RESERVED_PENDING_PAYMENT -> refusalOfUnpaid(booking, onlyCharge, now);
            case PAYMENT_FAILED ->
                // Of a case the retries may begin again at any moment: that is for the people who look at it.
                booking.requiresManualIntervention()
                        ? new Paying.BeingVerified(booking)
                        : refusalOfUnpaid(booking, onlyCharge, now);
            case PENDING_PAYMENT, ACTION_REQUIRED -> new Paying.BeingVerified(booking);
            case CONFIRMED -> new Paying.PaidAlready(booking);
            case EXPIRED -> new Paying.Expired(booking);
            case CANCELLED, REFUND_PENDING, REFUNDED -> new Paying.Over(booking);
        };
    }

    private static @Nullable Paying refusalOfUnpaid(Booking booking, @Nullable Integer onlyCharge, Instant now) {
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
        outbox.add(
                tx,
                List.of(
                        telling.event(told, request.trace()),
                        telling.charge(moved, request.paymentId(), request.method(), request.trace())));
        return moved;
    }
}
