package escale.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.StripeClient;
import escale.simulator.webhooks.Endpoint;
import escale.testkit.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A simulator on free ports, with its ledger in a folder of its own, and the ways to talk to it. */
final class RunningSimulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final int PATIENCE_MS = (int) Patience.LONGEST.toMillis();
    static final String SECRET = "whsec_of_the_tests";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Clock clock;
    private Simulator simulator;
    private List<Endpoint> endpoints = List.of();

    private RunningSimulator(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.simulator = begin();
    }

    static RunningSimulator in(Path folder) {
        return new RunningSimulator(folder, Clock.systemUTC());
    }

    static RunningSimulator in(Path folder, Clock clock) {
        return new RunningSimulator(folder, clock);
    }

    private Simulator begin() {
        var settings = new Settings(
                0,
                0,
                folder.resolve("ledger.jsonl"),
                0,
                0,
                Duration.ofMillis(50),
                endpoints,
                SECRET,
                Duration.ofMillis(10),
                null,
                true,
                7);
        try {
            return Simulator.start(settings, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As after an orderly stop; {@code after} happens to the files in between. */
    void restart(FileWork after) throws IOException {
        simulator.close();
        after.run(ledger());
        simulator = begin();
    }

    /** With endpoints from its environment instead of the control port's. */
    void restartTelling(Endpoint... known) throws IOException {
        endpoints = List.of(known);
        restart(_ -> {});
    }

    @FunctionalInterface
    interface FileWork {
        void run(Path ledger) throws IOException;
    }

    Path ledger() {
        return folder.resolve("ledger.jsonl");
    }

    List<JsonNode> lines() throws IOException {
        return jsonLines(ledger());
    }

    List<JsonNode> calls() throws IOException {
        return jsonLines(folder.resolve("calls.jsonl"));
    }

    /** What became of each attempt to tell something. */
    List<JsonNode> deliveries() throws IOException {
        return jsonLines(folder.resolve("webhooks.jsonl"));
    }

    private static List<JsonNode> jsonLines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(RunningSimulator::parse).toList();
        }
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + simulator.port();
    }

    StripeClient stripe() {
        return StripeClient.builder()
                .setApiKey("sk_test_escale")
                .setApiBase(url())
                .setMaxNetworkRetries(0)
                .setConnectTimeout(PATIENCE_MS)
                .setReadTimeout(PATIENCE_MS)
                .build();
    }

    void faults(String json) {
        expect(200, control("PUT", "/faults", json));
    }

    void healthy() {
        expect(200, control("DELETE", "/faults", ""));
    }

    JsonNode stats() {
        return parse(control("GET", "/stats", "").body());
    }

    void listen(String url) {
        expect(200, control("PUT", "/webhooks", "[{\"url\": \"" + url + "\"}]"));
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    HttpResponse<String> control(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + simulator.controlPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A call as curl would make it; headers as name, value, name, value. */
    HttpResponse<String> call(String method, String path, String form, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer sk_test_escale")
                .method(method, HttpRequest.BodyPublishers.ofString(form));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Patience.LONGEST).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes that no HTTP client would send, and returns all that comes back. */
    String raw(byte[] request) throws IOException {
        try (var socket = new Socket("localhost", simulator.port())) {
            socket.setSoTimeout(PATIENCE_MS);
            var answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(answer);
            } catch (SocketException reset) {
                // Who has answered need not listen to the end: what it said stands.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() throws IOException {
        simulator.close();
    }
}
