package escale.payment;

import escale.embedded.Port;
import escale.http.identity.LocalTokens;
import escale.http.identity.Role;
import escale.messaging.DueConsumer;
import escale.messaging.Relay;
import escale.runtime.Ids;
import escale.runtime.Service;
import escale.runtime.Stages;
import escale.runtime.Ticker;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** The whole service on a real database and a real broker, with a scripted provider. */
final class PaymentService implements AutoCloseable {
    static final String WEBHOOK_SECRET = "whsec_test";

    private final Service service;
    private final KafkaProducer<String, byte[]> booking = new KafkaProducer<>(
            Map.of("bootstrap.servers", Kafka.bootstrapServers()), new StringSerializer(), new ByteArraySerializer());

    private PaymentService(Service service) {
        this.service = service;
        Awaitility.await().until(() -> bean(Stages.class).ready());
    }

    private static final LocalTokens TOKENS = LocalTokens.create("escale", "escale");
    private final HttpClient http = HttpClient.newHttpClient();

    static PaymentService start() {
        return start(Postgres.freshDatabase("payment"), "payment-1");
    }

    static PaymentService start(Postgres.Database database, String instance) {
        return start(database, instance, "http://localhost:1", "scripted");
    }

    /** With the real client of a provider instead of the scripted one. */
    static PaymentService startWithProviderAt(String url) {
        return start(Postgres.freshDatabase("payment"), "payment-1", url, "at its address");
    }

    /** With the real client over a provider in memory. */
    static PaymentService startWithProviderModel() {
        return start(Postgres.freshDatabase("payment"), "payment-1", "http://localhost:1", "model");
    }

    private static PaymentService start(
            Postgres.Database database, String instance, String providerUrl, String provider) {
        return new PaymentService(Service.start(ApplicationContext.builder()
                .properties(database.datasource())
                .properties(Map.ofEntries(
                        Map.entry("micronaut.application.name", "payment"),
                        Map.entry("escale.instance", instance),
                        Map.entry("escale.kafka.bootstrap-servers", Kafka.bootstrapServers()),
                        Map.entry("escale.provider.url", providerUrl),
                        Map.entry("escale.provider.api-key", "sk_test_unused"),
                        Map.entry("escale.provider.webhook-secret", WEBHOOK_SECRET),
                        Map.entry("escale.breaker.open-for", "1s"),
                        Map.entry("escale.breaker.open-for-at-most", "1s"),
                        Map.entry("micronaut.server.port", -1),
                        Map.entry("endpoints.all.port", Port.free()),
                        Map.entry("escale.jwt.jwks-path", keys().toString()),
                        Map.entry("test.provider", provider)))
                .environments("test")));
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

    /** A request as it is written in the contract: path, token, and headers in pairs. */
    HttpResponse<String> call(String method, String path, String token, String... headers)
            throws IOException, InterruptedException {
        var uri = bean(EmbeddedServer.class).getURI().resolve(path);
        var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(bean(EmbeddedServer.class).getURI().resolve(path))
                .header("Content-Type", "application/json")
                .headers(headers)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(bean(EmbeddedServer.class).getURI().resolve(path))
                .header("Content-Type", "application/json")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    <T> T bean(Class<T> type) {
        return service.context().getBean(type);
    }

    <T> Collection<T> beans(Class<T> type) {
        return service.context().getBeansOfType(type);
    }

    ScriptedProvider provider() {
        return bean(ScriptedProvider.class);
    }

    static Order order() {
        return new Order(
                Ids.next(), Ids.next(), 1, "CHARGE", 9_000, "EUR", "pm_card_visa", "marie", new Trace("", "request-1"));
    }

    /** What booking would send. */
    void request(Order order) {
        send("payments", order.bookingId().toString(), "payment.requested", requested(order));
    }

    static byte[] requested(Order order) {
        return """
                {"paymentId": "%s", "bookingId": "%s", "chargeNo": %d, "kind": "%s", "amount": %d, "currency": "%s",
                 "method": "%s", "userId": "%s", "requestedAt": "2026-05-04T08:15:30Z"}
                """.formatted(
                order.paymentId(),
                order.bookingId(),
                order.chargeNo(),
                order.kind(),
                order.amount(),
                order.currency(),
                order.method(),
                order.userId()).getBytes();
    }

    /** What booking would send to take it back. */
    void cancel(Order order) {
        var json = """
                {"bookingId": "%s", "chargeNo": %d, "reason": "booking-cancelled",
                 "requestedAt": "2026-05-04T08:16:30Z"}
                """.formatted(order.bookingId(), order.chargeNo());
        send("payments", order.bookingId().toString(), "payment.cancel-requested", json.getBytes());
    }

    void send(String topic, String key, String type, byte[] payload) {
        var record = new ProducerRecord<>(topic, key, payload);
        record.headers().add("ce_type", type.getBytes()).add("x-request-id", "request-1".getBytes());
        booking.send(record);
    }

    String state(UUID paymentId) {
        return bean(Database.class)
                .read(tx -> tx.first("select state from payment where id = ?", row -> row.getString(1), paymentId))
                .orElse("ABSENT");
    }

    void awaitState(UUID paymentId, State state) {
        Awaitility.await(paymentId + " " + state).until(() -> state(paymentId).equals(state.name()));
    }

    int count(String sql, Object... parameters) {
        return one(sql, row -> row.getInt(1), parameters);
    }

    String text(String sql, Object... parameters) {
        return one(sql, row -> row.getString(1), parameters);
    }

    UUID id(String sql, Object... parameters) {
        return one(sql, row -> row.getObject(1, UUID.class), parameters);
    }

    private <T> T one(String sql, Transaction.Row<T> row, Object... parameters) {
        return bean(Database.class).read(tx -> tx.first(sql, row, parameters)).orElseThrow();
    }

    int update(String sql, Object... parameters) {
        return bean(Database.class).transaction(tx -> tx.update(sql, parameters));
    }

    /** Nothing happens here but by the tests, however long they take. */
    PaymentService atRest() {
        try {
            for (var worker : beans(DueConsumer.class)) {
                worker.stop();
            }
            bean(Relay.class).stop();
            for (var round : beans(Ticker.class)) {
                round.stop();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Something was still to be stopped", e);
        }
        return this;
    }

    @Override
    public void close() {
        booking.close();
        service.close();
    }
}
