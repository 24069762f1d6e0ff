package escale.payment.provider;

import escale.payment.Doubt;
import escale.payment.Order;
import escale.payment.Payment;
import escale.runtime.Ids;
import escale.runtime.Trace;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The provider simulator as a process of its own, as in production it would be somebody else's. */
public final class Simulator implements AutoCloseable {
    private final Process process;
    private final int port;
    private final int controlPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private Simulator(Process process, int port, int controlPort) {
        this.process = process;
        this.port = port;
        this.controlPort = controlPort;
    }

    public static Simulator start() throws IOException {
        var folder = Files.createTempDirectory("simulator");
        var port = freePort();
        var controlPort = freePort();
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "escale.simulator.Application");
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("CONTROL_PORT", Integer.toString(controlPort));
        builder.environment().put("LEDGER_FILE", folder.resolve("ledger.jsonl").toString());
        builder.environment().put("LATENCY_MS", "0");
        var process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("simulator.log").toFile())
                .start();
        var simulator = new Simulator(process, port, controlPort);
        Awaitility.await("simulator")
                .ignoreExceptions()
                .until(() -> simulator.control("GET", "/health", "").contains("\"status\""));
        return simulator;
    }

    public String url() {
        return "http://localhost:" + port;
    }

    /** As payment knows it, with this deadline for each call and question. */
    StripeProvider provider(Duration deadline) {
        var settings = new ProviderSettings(
                url(),
                "sk_test_escale",
                "http://localhost/paid",
                Duration.ofMinutes(1),
                deadline,
                Duration.ofMinutes(2));
        var stripe = new Stripe().client(settings);
        return new StripeProvider(stripe, new StripeRefunds(stripe, settings), settings);
    }

    /** Others pay there too. */
    public void pay(int payments) {
        var provider = provider(Duration.ofSeconds(30));
        try (var payers = Executors.newFixedThreadPool(4)) {
            for (var i = 0; i < payments; i++) {
                payers.submit(() -> provider.charge(payment()));
            }
        }
    }

    static Payment payment() {
        return payment(order(Ids.next(), "pm_card_visa"), Doubt.NONE, Instant.now(), null);
    }

    static Payment payment(Order order, Doubt doubt, Instant since, @Nullable Instant until) {
        return new Payment(order, 1, 1, 1, doubt, since, until, null, 1, 0, null, since, since);
    }

    static Order order(UUID paymentId, String method) {
        return new Order(paymentId, paymentId, 1, "CHARGE", 9_000, "EUR", method, "marie", new Trace("", ""));
    }

    /** Switches faults on; the JSON is the simulator's own. */
    public void faults(String json) throws IOException, InterruptedException {
        control("PUT", "/faults", json);
    }

    public void healthy() throws IOException, InterruptedException {
        control("DELETE", "/faults", "");
    }

    String ledger() throws IOException, InterruptedException {
        return control("GET", "/ledger", "");
    }

    private String control(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + controlPort + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + " " + body + ": " + answer.body());
        }
        return answer.body();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
