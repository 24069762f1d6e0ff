package escale.drill.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import escale.testkit.Kafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Stands in for booking: takes each key once and confirms at once, except where the test has it do otherwise. */
final class ScriptedBooking implements AutoCloseable {
    /** What to do with a request; the number counts requests from 0. */
    @FunctionalInterface
    interface Script {
        Deed at(int request);
    }

    enum Deed {
        CONFIRM,
        CONFIRM_BEFORE_THE_ANSWER,
        SOLD_OUT,
        BUSY,
        HANG_UP,
        LEAVE_PENDING,
        RESERVE
    }

    private record Known(UUID booking, String body) {}

    private final HttpServer server;
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", Kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
    private final Map<String, Known> keys = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Script script;

    ScriptedBooking(Script script) throws IOException {
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/bookings", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int requests() {
        return requests.get();
    }

    int bookings() {
        return keys.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var known = keys.get(key);
        if (known != null) {
            if (known.body().equals(body)) {
                accept(exchange, known.booking(), true, "CONFIRMED");
            } else {
                send(exchange, 422, "{\"code\":\"idempotency-key-reused\"}");
            }
            return;
        }
        switch (script.at(requests.getAndIncrement())) {
            case CONFIRM -> {
                var booking = remember(key, body);
                accept(exchange, booking, false, "PENDING_PAYMENT");
                tell(booking, "booking.confirmed");
            }
            case CONFIRM_BEFORE_THE_ANSWER -> {
                var booking = remember(key, body);
                tell(booking, "booking.confirmed");
                producer.flush();
                accept(exchange, booking, false, "PENDING_PAYMENT");
            }
            case LEAVE_PENDING -> accept(exchange, remember(key, body), false, "PENDING_PAYMENT");
            case RESERVE -> accept(exchange, remember(key, body), false, "RESERVED_PENDING_PAYMENT");
            case SOLD_OUT -> send(exchange, 409, "{\"title\":\"Sold out\",\"code\":\"sold-out\"}");
            case BUSY -> send(exchange, 503, "{\"code\":\"unavailable\"}");
            case HANG_UP -> exchange.close();
        }
    }

    private UUID remember(String key, String body) {
        var booking = UUID.randomUUID();
        keys.put(key, new Known(booking, body));
        return booking;
    }

    private void tell(UUID booking, String type) {
        var found = new ProducerRecord<>("booking.events", booking.toString(), "{\"bookingId\":\"" + booking + "\"}");
        found.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        producer.send(found);
    }

    private static void accept(HttpExchange exchange, UUID booking, boolean replayed, String status)
            throws IOException {
        exchange.getResponseHeaders()
                .putAll(Map.of(
                        "Location", List.of("/v1/bookings/" + booking),
                        "Idempotent-replayed", List.of(Boolean.toString(replayed))));
        send(exchange, 202, "{\"status\":\"" + status + "\"}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        producer.close();
    }
}
