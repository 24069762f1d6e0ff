package escale.booking.change;

import escale.booking.BookingEvent;
import escale.booking.Heard;
import escale.booking.PaymentNews;
import escale.booking.Telling;
import escale.booking.sql.Timelines;
import escale.messaging.Event;
import escale.messaging.Outbox;
import escale.runtime.Trace;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Tells everybody what became of a change: events, orders to payment, and lines of the timeline. */
@Singleton
final class TellChanges {
    private final Timelines timelines;
    private final Outbox outbox;
    private final Telling telling;

    TellChanges(Timelines timelines, Outbox outbox, Telling telling) {
        this.timelines = timelines;
        this.outbox = outbox;
        this.telling = telling;
    }

    /** What was done by itself, or by somebody who asked for it. */
    void tell(Transaction tx, List<BookingEvent> told, List<Event> orders, Trace trace) throws SQLException {
        var lines = told.stream()
                .map(event -> Heard.of(event, null, trace.traceparent()))
                .toList();
        write(tx, lines, told, orders, trace);
    }

    /** What news of payment led to. */
    void tell(Transaction tx, PaymentNews news, BookingEvent told, List<Event> orders) throws SQLException {
        write(
                tx,
                List.of(Heard.of(news, told)),
                List.of(told),
                orders,
                news.about().trace());
    }

    /** News that changed nothing. */
    void note(Transaction tx, PaymentNews news) {
        timelines.add(tx, List.of(Heard.of(news)));
    }

    private void write(
            Transaction tx, List<Heard> lines, List<? extends BookingEvent> told, List<Event> orders, Trace trace)
            throws SQLException {
        var events = new ArrayList<Event>(told.size() + orders.size());
        told.forEach(event -> events.add(telling.event(event, trace)));
        events.addAll(orders);
        timelines.add(tx, lines);
        outbox.add(tx, events);
    }
}
