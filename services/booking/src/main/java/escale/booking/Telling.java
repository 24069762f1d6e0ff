package escale.booking;

import escale.messaging.Event;
import escale.messaging.Json;
import escale.runtime.Trace;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Puts into words what was decided: for everybody who follows bookings, and for payment. */
@Singleton
public final class Telling {
    private static final String BOOKINGS = "booking.events";
    private static final String PAYMENTS = "payments";

    private final Json json;
    private final PayLinks links;

    Telling(Json json, PayLinks links) {
        this.json = json;
        this.links = links;
    }

    /** A new booking: it exists, and its price is to be collected, or its traveller pays by link. */
    List<Event> accepted(Booking booking, BookingRequest request) {
        var about = BookingEvent.About.of(booking);
        var until = booking.expiresAt();
        return until == null
                ? List.of(
                        event(new BookingEvent.Created(about), request.trace()),
                        charge(booking, request.paymentId(), request.method(), request.trace()))
                : List.of(event(new BookingEvent.Reserved(about, until, links.link(booking, until)), request.trace()));
    }

    /** The price of the booking, by the charge it is at. */
    Event charge(Booking booking, UUID paymentId, String method, Trace trace) {
        return charge(booking, paymentId, "CHARGE", booking.amount(), method, trace);
    }

    /** What a change costs more, by the charge the booking is at. */
    public Event supplement(Booking booking, UUID paymentId, long amount, String method, Trace trace) {
        return charge(booking, paymentId, "SUPPLEMENT", amount, method, trace);
    }

    private Event charge(Booking booking, UUID paymentId, String kind, long amount, String method, Trace trace) {
        return order(
                new PaymentOrder.Charge(
                        paymentId,
                        booking.id(),
                        booking.chargeNo(),
                        kind,
                        amount,
                        booking.currency(),
                        method,
                        booking.userId(),
                        booking.updatedAt()),
                trace);
    }

    /** What was paid too much after a change. */
    public Event giveBack(Booking booking, UUID requestId, long amount, Trace trace) {
        return order(
                new PaymentOrder.GiveBack(
                        requestId,
                        booking.id(),
                        amount,
                        booking.currency(),
                        PaymentOrder.GiveBack.AFTER_CHANGE,
                        booking.updatedAt()),
                trace);
    }

    /** The words for a move that news of a payment has led to. */
    BookingEvent told(PaymentNews news, Booking moved) {
        return Verdict.told(news, moved, links);
    }

    public Event event(BookingEvent event, Trace trace) {
        return new Event(BOOKINGS, event.about().bookingId().toString(), event.type(), json.write(event), trace);
    }

    /** Takes the charge back, so that no money is kept for which there are no seats. */
    public Event takeBack(Booking booking, int chargeNo, String reason, Instant now, Trace trace) {
        return order(new PaymentOrder.TakeBack(booking.id(), chargeNo, reason, now), trace);
    }

    private Event order(PaymentOrder order, Trace trace) {
        return new Event(PAYMENTS, order.bookingId().toString(), order.type(), json.write(order), trace);
    }
}
