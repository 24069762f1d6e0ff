package escale.booking;

import static escale.booking.PaymentSays.PROVIDER_ID;

import escale.embedded.Port;
import escale.http.identity.LocalTokens;
import escale.http.identity.Role;
import escale.runtime.Ids;
import escale.runtime.Service;
import escale.runtime.Stages;
import escale.sql.Database;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/** The whole service on a real database and a real broker; the test plays catalog and payment. */
final class BookingService implements AutoCloseable {
    private static final LocalTokens TOKENS = LocalTokens.create("escale", "escale");
    private static final String TRAVELLER = token("marie", Role.TRAVELLER);

    /** Made by their owners, which are not here. */
    private static final class Topics {
        static final String[] FOREIGN = {
            Kafka.createTopic("payments", 3), Kafka.createTopic("payment.events", 3), Kafka.createTopic("tours", 2)
        };
    }

    private final Service service;
    private final HttpClient http = HttpClient.newHttpClient();

    private BookingService(Service service) {
        this.service = service;
        Awaitility.await().until(() -> bean(Stages.class).ready());
    }

    static BookingService start() {
        return start(Postgres.freshDatabase("booking"), Map.of());
    }

    static BookingService start(Postgres.Database database, Map<String, Object> settings) {
        if (Topics.FOREIGN.length == 0) {
            throw new IllegalStateException("No topics");
        }
        var properties = new HashMap<>(database.datasource());
        properties.putAll(Map.ofEntries(
                Map.entry("micronaut.application.name", "booking"),
                Map.entry("escale.instance", "booking-" + Ids.next()),
                Map.entry("escale.kafka.bootstrap-servers", Kafka.bootstrapServers()),
                Map.entry("micronaut.server.port", -1),
                Map.entry("endpoints.all.port", Port.free()),
                Map.entry("escale.pay-link.key", "a key that is known to tests only"),
                Map.entry("escale.jwt.jwks-path", keys().toString())));
        properties.putAll(settings);
        return new BookingService(Service.start(
                ApplicationContext.builder().properties(properties).environments("test")));
    }

    private static Path keys() {
        try {
            var file = Files.createTempFile("jwks", ".json");
            TOKENS.writeKeySet(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String token(String user, Role... roles) {
        return TOKENS.token(user, Set.of(roles), Duration.ofHours(12));
    }

    static String expiredToken(String user, Role... roles) {
        return TOKENS.token(user, Set.of(roles), Duration.ofMinutes(-10));
    }

    <T> T bean(Class<T> type) {
        return service.context().getBean(type);
    }

    /** A departure as catalog would have published it, without the detour through its topic. */
    UUID departure(int seats) {
        return departure(Ids.next(), seats, Instant.now().plus(Duration.ofDays(30)));
    }

    UUID departure(UUID tour, int seats, Instant startsAt) {
        var id = Ids.next();
        update("""
                insert into departure (id, tour_id, tour_version, tour_title, starts_at, zone, currency, price, capacity,
                    seats_left)
                values (?, ?, 1, 'Montmartre à la tombée du jour', ?, 'Europe/Paris', 'EUR', 4500, ?, ?)
                """, id, tour, startsAt, seats, seats);
        return id;
    }

    static String body(UUID departure, int people) {
        return """
                {"departureId": "%s", "people": %d, "paymentMethod": "pm_card_visa", "locale": "fr"}
                """.formatted(departure, people);
    }

    HttpResponse<String> book(UUID departure, int people) {
        return book(TRAVELLER, UUID.randomUUID().toString(), body(departure, people));
    }

    HttpResponse<String> book(String token, String key, String body) {
        return call("POST", "/v1/bookings", token, body, "Idempotency-Key", key);
    }

    /** The id of a booking that was accepted. */
    UUID booked(UUID departure, int people) {
        var answer = book(departure, people);
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.body());
        }
        return id(answer);
    }

    static UUID id(HttpResponse<String> accepted) {
        var location = accepted.headers().firstValue("Location").orElseThrow();
        return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    }

    HttpResponse<String> get(String path) {
        return call("GET", path, TRAVELLER, "");
    }

    /** A request as it is written in the contract: path, token, body, and headers in pairs. */
    HttpResponse<String> call(String method, String path, String token, String body, String... headers) {
        var request = request(path, token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** On the management port. */
    HttpResponse<String> probe(String path) {
        var port = service.context().getRequiredProperty("endpoints.all.port", Integer.class);
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build());
    }

    HttpRequest.Builder request(String path, String token) {
        var request = HttpRequest.newBuilder(bean(EmbeddedServer.class).getURI().resolve(path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** What payment would tell; the optional fields as a piece of JSON that begins with a comma. */
    void pay(UUID booking, int chargeNo, int version, String type, String fields) {
        var json = """
                {"paymentId": "019df20e-80d0-7392-aa09-f29d953f48f1", "bookingId": "%s", "chargeNo": %d, "version": %d,
                 "amount": 9000, "currency": "EUR", "attempt": 1, "cycle": 1, "worker": "payment-1",
                 "source": {"topic": "payments", "partition": 2, "offset": 17},
                 "occurredAt": "2026-05-04T08:15:30.930Z"%s}
                """.formatted(booking, chargeNo, version, fields);
        tell("payment.events", booking.toString(), type, json.getBytes(StandardCharsets.UTF_8));
    }

    void succeed(UUID booking) {
        pay(booking, 1, 2, "payment.succeeded", PROVIDER_ID);
    }

    void tell(String topic, String key, String type, byte[] payload) {
        Kafka.topics().produce(topic, key, payload, Map.of("ce_type", type, "x-request-id", "request-1"));
    }

    String status(UUID booking) {
        return bean(Database.class)
                .read(tx -> tx.first("select status from booking where id = ?", row -> row.getString(1), booking))
                .orElse("ABSENT");
    }

    void awaitStatus(UUID booking, Status status) {
        Awaitility.await(booking + " " + status).until(() -> status(booking).equals(status.name()));
    }

    int count(String sql, Object... parameters) {
        return bean(Database.class)
                .read(tx -> tx.first(sql, row -> row.getInt(1), parameters))
                .orElseThrow();
    }

    int seatsLeft(UUID departure) {
        return count("select seats_left from departure where id = ?", departure);
    }

    int update(String sql, Object... parameters) {
        return bean(Database.class).transaction(tx -> tx.update(sql, parameters));
    }

    @Override
    public void close() {
        http.close();
        service.close();
    }
}
