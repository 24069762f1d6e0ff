package escale.local;

import escale.http.identity.LocalTokens;
import escale.http.identity.Role;
import escale.local.demo.DemoTour;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Books as many travellers would while start caches are recorded: what the JVMs then write down is not only how a start
 * goes, but also which methods are hot, so that the first bookings of a later start find them compiled soon.
 */
final class PracticeBookings {
    private static final int BOOKINGS = 4_000;
    /** Fewer than one traveller may hold of one departure. */
    private static final int BOOKINGS_OF_ONE = 40;

    private static final int AT_ONCE = 16;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final URI door;
    private final LocalTokens tokens;
    private final long end = System.nanoTime() + LONGEST.toNanos();

    PracticeBookings(URI door, LocalTokens tokens) {
        this.door = door;
        this.tokens = tokens;
    }

    /** Returns when all are settled, or the time is over. */
    void run() throws InterruptedException, IOException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var traveller = new AtomicInteger();
            try (var travellers = Executors.newFixedThreadPool(AT_ONCE)) {
                for (var i = 0; i < BOOKINGS / BOOKINGS_OF_ONE; i++) {
                    var _ = travellers.submit(() -> {
                        book(http, "practice-" + traveller.incrementAndGet(), BOOKINGS_OF_ONE);
                        return null;
                    });
                }
            }
            awaitConfirmed(http);
        }
    }

    private void book(HttpClient http, String user, int bookings) throws IOException, InterruptedException {
        var token = token(user);
        for (var i = 0; i < bookings && !timeIsOver(); i++) {
            post(http, token, user + "-" + i);
        }
    }

    /** Payments are collected in order, more or less: when one that comes last is settled, so are nearly all. */
    private void awaitConfirmed(HttpClient http) throws IOException, InterruptedException {
        var token = token("practice-last");
        var location = post(http, token, "last").headers().firstValue("Location");
        while (location.isPresent() && !timeIsOver()) {
            var booking = http.send(to(location.get(), token).GET().build(), BodyHandlers.ofString());
            if (booking.body().contains("\"CONFIRMED\"")) {
                return;
            }
            Thread.sleep(POLL);
        }
    }

    private HttpResponse<Void> post(HttpClient http, String token, String key)
            throws IOException, InterruptedException {
        var booking = to("/v1/bookings", token)
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"departureId":"%s","people":1,"paymentMethod":"pm_card_visa"}
                        """.formatted(DemoTour.SEINE.departureId(1))))
                .build();
        return http.send(booking, BodyHandlers.discarding());
    }

    private HttpRequest.Builder to(String path, String token) {
        return HttpRequest.newBuilder(door.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token);
    }

    private String token(String user) {
        return tokens.token(user, Set.of(Role.TRAVELLER), LONGEST.multipliedBy(2));
    }

    private boolean timeIsOver() {
        return System.nanoTime() - end > 0;
    }
}
