package escale.booking.http;

import escale.booking.Booking;
import escale.booking.http.BookingJson.View;
import escale.messaging.Json;
import io.micronaut.http.sse.Event;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Sinks;

/** One client who follows one booking: each state once, in order, until nothing follows by itself. */
final class BookingStream implements Consumer<Booking> {
    /** Who reads so slowly that more than this waits is let go, and comes back by itself. */
    private static final int MOST_UNREAD = 16;

    private final Sinks.Many<Event<String>> sink =
            Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MOST_UNREAD));
    private final Json json;
    private int lastSent;

    BookingStream(Json json, int lastSeen) {
        this.json = json;
        this.lastSent = lastSeen;
    }

    @Override
    public synchronized void accept(Booking booking) {
        if (booking.version() > lastSent) {
            lastSent = booking.version();
            var data = new String(json.write(View.of(booking)), StandardCharsets.UTF_8);
            emit(Event.of(data).id(Integer.toString(booking.version())).name("booking"));
        }
        if (booking.status().isSettled()) {
            end();
        }
    }

    /** False when it is over. A comment is seen by no client, and taken for silence by no proxy. */
    synchronized boolean keepOpen() {
        return emit(Event.of("").comment("still here"));
    }

    synchronized void end() {
        sink.tryEmitComplete();
    }

    private boolean emit(Event<String> event) {
        var taken = sink.tryEmitNext(event).isSuccess();
        if (!taken) {
            end();
        }
        return taken;
    }

    /** @param onEnd runs when the client has gone or has been told all */
    Publisher<Event<String>> events(Runnable onEnd) {
        return sink.asFlux().doFinally(_ -> onEnd.run());
    }
}
