package escale.booking;

import escale.messaging.Event;
import escale.messaging.Json;
import escale.runtime.Trace;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Puts into words what was decided: for everybody who follows bookings, and for payment. */
@Singleton
final class Telling {
    private static final String BOOKINGS = "booking.events";
    private static final String PAYMENTS = "payments";

    private final Json json;

    Telling(Json json) {
        this.json = json;
    }

    /** A new booking: it exists, and its price is to be collected. */
    List<Event> accepted(Booking booking, BookingRequest request) {
        var charge = new PaymentOrder.Charge(
                request.paymentId(),
                booking.id(),
                booking.chargeNo(),
                "CHARGE",
                booking.amount(),
                booking.currency(),
                request.method(),
                booking.userId(),
                booking.createdAt());
        return List.of(
                event(new BookingEvent.Created(BookingEvent.About.of(booking)), request.trace()),
                order(charge, request.trace()));
    }

    Event event(BookingEvent event, Trace trace) {
        return new Event(BOOKINGS, event.about().bookingId().toString(), event.type(), json.write(event), trace);
    }

    /** Takes the charge back, so that no money is kept for which there are no seats. */
    Event takeBack(Booking booking, int chargeNo, String reason, Instant now, Trace trace) {
        return order(new PaymentOrder.TakeBack(booking.id(), chargeNo, reason, now), trace);
    }

    private Event order(PaymentOrder order, Trace trace) {
        return new Event(PAYMENTS, order.bookingId().toString(), order.type(), json.write(order), trace);
    }
}
