package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.testkit.Patience;
import escale.testkit.Postgres;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BookingStreamIT {
    private static final String MARIE = BookingService.token("marie", Role.TRAVELLER);
    private static final String END = "the end";
    private static HttpClient http;
    private static BookingService service;
    private static BookingService other;

    @BeforeAll
    static void start() {
        http = HttpClient.newHttpClient();
        var database = Postgres.freshDatabase("booking");
        service = BookingService.start(database, Map.of());
        other = BookingService.start(
                database, Map.of("escale.booking.streams", 1, "escale.booking.heartbeat", "100ms"));
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
        http.shutdownNow(); // bodies that nobody read would be waited for
    }

    @Test
    void a_client_of_another_instance_sees_its_booking_as_it_is_and_settle_and_the_stream_end() throws Exception {
        var booking = service.booked(service.departure(2), 1);
        var lines = lines(await().until(() -> open(other, booking), opened -> opened.statusCode() == 200));
        assertThat(nextState(lines)).contains("PENDING_PAYMENT").contains("\"version\":1");
        service.succeed(booking);
        assertThat(nextState(lines)).contains("CONFIRMED").contains("\"version\":2");
        assertThat(next(lines, line -> line.equals(END))).isEqualTo(END);
    }

    @Test
    void whoever_comes_after_the_end_is_told_it_at_once_and_whoever_has_seen_it_stays_away() throws Exception {
        var booking = service.booked(service.departure(2), 1);
        service.succeed(booking);
        service.awaitStatus(booking, Status.CONFIRMED);
        var lines = lines(open(service, booking));
        assertThat(nextState(lines)).contains("CONFIRMED");
        assertThat(next(lines, line -> line.equals(END))).isEqualTo(END);
        assertThat(open(service, booking, "Last-Event-ID", "2").statusCode()).isEqualTo(204);
        assertThat(open(service, booking, "Last-Event-ID", "nonsense").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_quiet_stream_is_kept_open_and_one_more_than_there_is_place_for_is_refused() throws Exception {
        var booking = service.booked(service.departure(2), 1);
        // Its only place may still be warm from the stream of another test.
        var lines = lines(await().until(() -> open(other, booking), opened -> opened.statusCode() == 200));
        assertThat(nextState(lines)).contains("PENDING_PAYMENT");
        assertThat(next(lines, line -> line.startsWith(":"))).contains("still here");
        var refused = open(other, booking);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        service.succeed(booking);
        assertThat(nextState(lines)).contains("CONFIRMED");
    }

    private static HttpResponse<Stream<String>> open(BookingService at, UUID booking, String... headers)
            throws Exception {
        var request = at.request("/v1/bookings/" + booking + "/stream", MARIE).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofLines());
    }

    private static BlockingQueue<String> lines(HttpResponse<Stream<String>> stream) {
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        var lines = new LinkedBlockingQueue<String>();
        Thread.startVirtualThread(() -> {
            try {
                stream.body().forEach(lines::add);
            } finally {
                lines.add(END);
            }
        });
        return lines;
    }

    private static String nextState(BlockingQueue<String> lines) throws InterruptedException {
        return next(lines, line -> line.startsWith("data:"));
    }

    private static String next(BlockingQueue<String> lines, java.util.function.Predicate<String> wanted)
            throws InterruptedException {
        while (true) {
            var line = lines.poll(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
            if (line == null || wanted.test(line)) {
                return String.valueOf(line);
            }
        }
    }
}
