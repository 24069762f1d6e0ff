package escale.booking;

import escale.runtime.Ids;
import escale.runtime.Stage;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Goes the way of a booking some hundred times before the first traveller does, in transactions that are taken back:
 * statements are prepared and code is compiled by then, and nothing of it stays.
 */
@Singleton
final class WarmUp implements Stage {
    private static final int MOST_ROUNDS = 300;
    private static final int MOST_KNOCKS = 300;
    /** On a busy machine being ready counts more than being warm. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final int BATCH = 8;

    private final Database database;
    private final AcceptBookings accept;
    private final Clock clock;
    private final EmbeddedServer server;

    WarmUp(Database database, AcceptBookings accept, Clock clock, EmbeddedServer server) {
        this.database = database;
        this.accept = accept;
        this.clock = clock;
        this.server = server;
    }

    @Override
    public Phase phase() {
        return Phase.WARM_UP;
    }

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public void start() throws Exception {
        var end = System.nanoTime() + LONGEST.toNanos();
        for (var round = 0; round < MOST_ROUNDS && System.nanoTime() - end < 0; round++) {
            rehearse(round % 2 == 0 ? 1 : BATCH);
        }
        knock();
    }

    private void rehearse(int requests) {
        try {
            database.<Integer>transaction(tx -> {
                var departure = Ids.next();
                insert(tx, departure);
                accept.accept(
                        tx,
                        IntStream.range(0, requests)
                                .mapToObj(_ -> request(departure))
                                .toList());
                tx.send();
                throw new TakenBack();
            });
        } catch (TakenBack _) {
            // as intended
        }
    }

    private void insert(Transaction tx, UUID departure) throws SQLException {
        tx.update("""
                insert into departure (id, tour_id, tour_version, tour_title, starts_at, zone, currency, price, capacity,
                    seats_left)
                values (?, ?, 1, 'rehearsal', ?, 'UTC', 'EUR', 100, 100, 100)
                """, departure, departure, clock.instant().plus(Duration.ofDays(1)));
    }

    private static BookingRequest request(UUID departure) {
        return new BookingRequest(
                Ids.next(),
                Ids.next(),
                "rehearsal",
                Ids.next().toString(),
                new byte[32],
                departure,
                1,
                "pm_rehearsal",
                "fr",
                new Trace("", "rehearsal"));
    }

    /** At our own door, as a stranger: each knock is refused, but server, routes and filters are awake. */
    private void knock() throws Exception {
        if (!server.isRunning()) {
            return;
        }
        try (var http = HttpClient.newHttpClient()) {
            var refused = HttpRequest.newBuilder(server.getURI().resolve("/v1/bookings"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(5))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            var end = System.nanoTime() + LONGEST.toNanos();
            for (var knock = 0; knock < MOST_KNOCKS && System.nanoTime() - end < 0; knock++) {
                http.send(refused, HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1;

        TakenBack() {
            super("A rehearsal", null, false, false);
        }
    }
}
