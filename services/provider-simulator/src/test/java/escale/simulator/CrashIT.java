package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import escale.testkit.Patience;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process: killed amid its work, left by its parent, started twice. */
class CrashIT {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Patience.LONGEST).build();
    private final int port = freePort();
    private final int controlPort = freePort();
    private Path folder;
    private Process process;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        this.folder = folder;
        process = spawn(Map.of());
        awaitReady();
    }

    @AfterEach
    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor(); // or it might still write where everything is deleted now
    }

    private Process spawn(Map<String, String> more) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "escale.simulator.Application");
        builder.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(port),
                        "CONTROL_PORT", Integer.toString(controlPort),
                        "LEDGER_FILE", folder.resolve("ledger.jsonl").toString(),
                        "LATENCY_MS", "1"));
        builder.environment().putAll(more);
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitReady() {
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> http.send(
                                        HttpRequest.newBuilder(URI.create(
                                                        "http://localhost:" + controlPort + "/health/readiness"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200);
    }

    private JsonNode pay(String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/payment_intents"))
                .timeout(Patience.LONGEST)
                .header("Authorization", "Bearer sk_test_x")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "amount=100&currency=eur&confirm=true&payment_method=pm_card_visa&metadata[n]=" + key))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return RunningSimulator.parse(answer.body());
    }

    @Test
    void who_got_an_answer_finds_it_in_the_ledger_after_kill_9_and_pays_once() throws Exception {
        var promised = new ConcurrentHashMap<String, String>();
        var next = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                clients.execute(() -> payUntilItDies(promised, next));
            }
            Awaitility.await().until(() -> promised.size() > 300);
            process.destroyForcibly().waitFor();
        }
        process = spawn(Map.of());
        awaitReady();
        for (int n = 0; n < next.get(); n++) { // everybody asks again with his key, answered or not
            var key = "k-" + n;
            var id = pay(key).path("id").asText();
            assertThat(promised.getOrDefault(key, id)).isEqualTo(id);
        }
        try (var lines = Files.lines(folder.resolve("ledger.jsonl"))) {
            assertThat(lines.map(line ->
                            RunningSimulator.parse(line).at("/metadata/n").asText()))
                    .hasSize(next.get())
                    .doesNotHaveDuplicates();
        }
    }

    private void payUntilItDies(Map<String, String> promised, AtomicInteger next) {
        try {
            while (true) {
                var key = "k-" + next.getAndIncrement();
                promised.put(key, pay(key).path("id").asText());
            }
        } catch (IOException _) {
            // It died.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_second_process_on_the_same_ledger_does_not_start_and_does_no_harm() throws Exception {
        pay("k");
        http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + controlPort + "/ledger"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        var second = spawn(Map.of("PORT", "0", "CONTROL_PORT", "0"));
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("log"))).contains("another simulator writes");
        pay("k-2");
        assertThat(Files.readAllLines(folder.resolve("ledger.jsonl"))).hasSize(2);
    }

    @Test
    void it_leaves_with_its_parent() throws Exception {
        process.destroyForcibly().waitFor();
        process = spawn(Map.of("ESCALE_PARENT_PIPE", "1"));
        awaitReady();
        pay("k");
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
        assertThat(List.of(Files.readString(folder.resolve("ledger.jsonl")).split("\n")))
                .hasSize(1);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
