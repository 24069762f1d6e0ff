package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import escale.testkit.TopicProbe;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Marie's bookings, paid and about to be changed; what is told of them and ordered for them. */
final class ChangeDesk implements AutoCloseable {
    static final String MARIE = BookingService.token("marie", Role.TRAVELLER);
    private static final String PROVIDER_ID = ", \"providerPaymentId\": \"pi_1\"";

    final BookingService service = BookingService.start();
    private final TopicProbe events = Kafka.topics().probe("booking.events");
    private final TopicProbe payments = Kafka.topics().probe("payments");

    /** Two departures of one tour with as many seats; the second costs this much. */
    record Tour(UUID first, UUID second) {}

    Tour tour(int seats, int secondPrice) {
        var tour = UUID.randomUUID();
        var startsAt = Instant.now().plus(Duration.ofDays(30));
        var first = service.departure(tour, seats, startsAt);
        var second = service.departure(tour, seats, startsAt.plus(Duration.ofDays(1)));
        service.update("update departure set price = ? where id = ?", secondPrice, second);
        return new Tour(first, second);
    }

    UUID confirmed(UUID departure, int people) {
        var booking = service.booked(departure, people);
        paid(booking, 1, 2);
        service.awaitStatus(booking, Status.CONFIRMED);
        return booking;
    }

    HttpResponse<String> change(UUID booking, String body) {
        return change(booking, version(booking), UUID.randomUUID().toString(), body);
    }

    HttpResponse<String> change(UUID booking, int version, String key, String body) {
        return service.call(
                "POST",
                "/v1/bookings/" + booking + "/change",
                MARIE,
                body,
                "If-Match",
                "\"" + version + "\"",
                "Idempotency-Key",
                key);
    }

    HttpResponse<String> cancel(UUID booking, int version) {
        return service.call(
                "POST", "/v1/bookings/" + booking + "/cancel", MARIE, "", "If-Match", "\"" + version + "\"");
    }

    void paid(UUID booking, int chargeNo, int version) {
        service.pay(booking, chargeNo, version, "payment.succeeded", PROVIDER_ID);
    }

    void refunded(UUID booking, int chargeNo, int version, long amount, long remaining, String reason) {
        service.pay(
                booking,
                chargeNo,
                version,
                "payment.refunded",
                ", \"refundId\": \"%s\", \"refundAmount\": %d, \"remaining\": %d, \"reason\": \"%s\""
                        .formatted(new UUID(chargeNo, version), amount, remaining, reason));
    }

    int version(UUID booking) {
        return service.count("select version from booking where id = ?", booking);
    }

    int people(UUID booking) {
        return service.count("select people from booking where id = ?", booking);
    }

    int pending(UUID booking) {
        return service.count("select count(*) from booking_change where booking_id = ? and state = 'PENDING'", booking);
    }

    static String refusal(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        OpenApi.assertValid("Problem", answer.body());
        return answer.body().replaceAll("(?s).*\"code\":\"([^\"]+)\".*", "$1");
    }

    /** And their versions are 1, 2, 3 … */
    void awaitEvents(UUID booking, String... types) {
        awaitTypes(events, booking, types);
        var versions = events.records().stream()
                .filter(record -> booking.toString().equals(record.key()))
                .map(record ->
                        new String(record.value(), StandardCharsets.UTF_8).replaceAll(".*\"version\":(\\d+).*", "$1"))
                .map(Integer::valueOf)
                .toList();
        for (var i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i)).isEqualTo(i + 1);
        }
    }

    /** Type and charge, or amount where it is a part that goes back. */
    void awaitOrders(UUID booking, String... orders) {
        await().untilAsserted(() -> assertThat(orders(booking)).containsExactly(orders));
    }

    private List<String> orders(UUID booking) {
        return payments.records().stream()
                .filter(record -> booking.toString().equals(record.key()))
                .map(record -> record.headers().get("ce_type").replace("payment.", "") + " "
                        + record.text().replaceAll(".*\"(?:chargeNo\":|requestId.*\"amount\":)(\\d+).*", "$1"))
                .toList();
    }

    private static void awaitTypes(TopicProbe probe, UUID booking, String... types) {
        await().untilAsserted(() -> assertThat(probe.records().stream()
                        .filter(record -> booking.toString().equals(record.key()))
                        .map(record -> record.headers().get("ce_type")))
                .containsExactly(types));
    }

    /** What all of them answer who ask at the same moment. */
    static List<HttpResponse<String>> atOnce(List<Callable<HttpResponse<String>>> requests) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(requests).stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }
    }

    /** Whatever was brought about: nothing that the contracts do not allow. */
    @Override
    public void close() {
        await().until(() -> service.count("select count(*) from outbox") == 0);
        for (var probe : List.of(events, payments)) {
            probe.records()
                    .forEach(record -> Contracts.assertValid(record.headers().get("ce_type"), record.value()));
            probe.close();
        }
        service.close();
    }
}
