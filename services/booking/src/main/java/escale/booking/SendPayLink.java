package escale.booking;

import escale.booking.BookingEvent.About;
import escale.booking.PayBooking.Paying;
import escale.booking.sql.Moves;
import escale.booking.sql.SentLinks;
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
 * Sends the traveller a fresh link to pay by, because an operator wants it: for a reservation, for a declined card, and for
 * a case that was proven unpaid. The seats are held for as long as the link is good. Charges nothing by itself.
 */
@Singleton
public final class SendPayLink {
    private final Database database;
    private final Moves moves;
    private final SentLinks sent;
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;
    private final PayLinks links;
    private final Clock clock;

    /** What came of the wish. */
    public sealed interface Sending {
        record Sent(Booking booking) implements Sending {}

        /** The same wish was granted before; this is its booking as it is now. */
        record Replayed(Booking booking) implements Sending {}

        record Unknown() implements Sending {}

        /** It was changed since it was read. */
        record Stale(Booking now) implements Sending {}

        /** Whoever followed the link could not pay. */
        record Refused(Paying.Refused why) implements Sending {}
    }

    SendPayLink(
            Database database,
            Moves moves,
            SentLinks sent,
            Timelines timelines,
            Outbox outbox,
            Telling telling,
            PayLinks links,
            Clock clock) {
        this.database = database;
        this.moves = moves;
        this.sent = sent;
        this.timelines = timelines;
        this.outbox = outbox;
        this.telling = telling;
        this.links = links;
        this.clock = clock;
    }

    public Sending send(PayLinkRequest request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.transaction(tx -> {
            var booking = moves.lock(tx, List.of(request.bookingId())).get(request.bookingId());
            if (booking == null) {
                return new Sending.Unknown();
            }
            if (sent.isSentUnder(tx, booking.id(), request.key())) {
                return new Sending.Replayed(booking);
            }
            if (booking.version() != request.version()) {
                return new Sending.Stale(booking);
            }
            var refusal = PayBooking.refusal(booking, booking.chargeNo() + 1, now);
            return refusal == null ? new Sending.Sent(send(tx, booking, request, now)) : new Sending.Refused(refusal);
        });
    }

    private Booking send(Transaction tx, Booking booking, PayLinkRequest request, Instant now) throws SQLException {
        var until = holdUntil(booking, now);
        var held = sent.send(tx, booking, request, until, now);
        var told = new BookingEvent.PayLinkSent(About.of(held), request.linkId(), until, links.link(held, until));
        timelines.add(tx, List.of(Heard.of(told, null, request.trace().traceparent())));
        outbox.add(tx, List.of(telling.event(told, request.trace())));
        return held;
    }

    /** Nobody is sent a link that ends while they read it; what is held for longer already stays so. */
    static Instant holdUntil(Booking booking, Instant now) {
        var leaves = booking.trip().startsAt();
        var fresh = now.plus(Deadlines.LINK);
        var until = fresh.isBefore(leaves) ? fresh : leaves;
        var before = booking.expiresAt();
        return before != null && before.isAfter(until) ? before : until;
    }
}
