package escale.payment.provider;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** The provider simulator as a process of its own, as in production it would be somebody else's. */
final class Simulator implements AutoCloseable {
    private final Process process;
    private final int port;
    private final int controlPort;
    private final HttpClient http = HttpClient.newHttpClient();

    private Simulator(Process process, int port, int controlPort) {
        this.process = process;
        this.port = port;
        this.controlPort = controlPort;
    }

    static Simulator start() throws IOException {
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

    String url() {
        return "http://localhost:" + port;
    }

    /** Switches faults on; the JSON is the simulator's own. */
    void faults(String json) throws IOException, InterruptedException {
        control("PUT", "/faults", json);
    }

    void healthy() throws IOException, InterruptedException {
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
