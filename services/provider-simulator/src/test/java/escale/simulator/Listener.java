package escale.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A merchant's webhook endpoint that keeps what it heard and answers as it is told to. */
final class Listener implements AutoCloseable {
    private final HttpServer server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /** One POST as it came. */
    record Heard(String payload, String signature) {
        String type() {
            return RunningSimulator.parse(payload).path("type").asText();
        }

        String id() {
            return RunningSimulator.parse(payload).path("id").asText();
        }
    }

    Listener() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::hear);
        server.start();
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            var payload = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(new Heard(payload, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
            boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            exchange.sendResponseHeaders(refused ? 500 : 204, -1);
        }
    }

    /** The next {@code times} events are answered with 500. */
    void refuse(int times) {
        refusals.set(times);
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/hook";
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    List<String> types() {
        return heard.stream().map(Heard::type).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
