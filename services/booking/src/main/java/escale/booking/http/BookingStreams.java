package escale.booking.http;

import escale.booking.BookingSettings;
import escale.booking.FollowBookings;
import escale.booking.sql.BookingViews;
import escale.messaging.Json;
import escale.runtime.Stage;
import escale.runtime.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.sse.Event;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;

/** The live streams of this instance: only so many, kept open while nothing happens, ended when the instance leaves. */
@Singleton
final class BookingStreams implements Stage {
    private final FollowBookings follow;
    private final BookingViews bookings;
    private final Json json;
    private final Semaphore places;
    private final Map<BookingStream, UUID> streams = new ConcurrentHashMap<>();
    private final Ticker heartbeat;
    private volatile boolean open;

    BookingStreams(
            FollowBookings follow, BookingViews bookings, Json json, BookingSettings settings, MeterRegistry metrics) {
        this.follow = follow;
        this.bookings = bookings;
        this.json = json;
        this.places = new Semaphore(settings.streams());
        this.heartbeat = new Ticker("heartbeat of streams", settings.heartbeat(), this::beat);
        Gauge.builder("escale.booking.streams", streams, Map::size)
                .description("Clients that follow a booking here")
                .register(metrics);
    }

    /** Empty when there is no place for another one. */
    Optional<Publisher<Event<String>>> follow(UUID id, int lastSeen) {
        if (!open || !places.tryAcquire()) {
            return Optional.empty();
        }
        var stream = new BookingStream(json, lastSeen);
        streams.put(stream, id);
        follow.follow(id, stream);
        try {
            bookings.find(id).ifPresent(stream);
        } catch (RuntimeException unreadable) {
            leave(stream);
            throw unreadable;
        }
        return Optional.of(stream.events(() -> leave(stream)));
    }

    private void leave(BookingStream stream) {
        var id = streams.remove(stream);
        if (id != null) {
            follow.leave(id, stream);
            places.release();
        }
    }

    /** Also finds out who has gone without a word. */
    private void beat() {
        for (var stream : streams.keySet()) {
            if (!stream.keepOpen()) {
                leave(stream);
            }
        }
    }

    @Override
    public Phase phase() {
        return Phase.DOOR;
    }

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public void start() {
        heartbeat.start();
        open = true;
    }

    /** Clients come back by themselves, to another instance. */
    @Override
    public void stop() throws InterruptedException {
        open = false;
        heartbeat.stop();
        streams.keySet().forEach(BookingStream::end);
    }
}
