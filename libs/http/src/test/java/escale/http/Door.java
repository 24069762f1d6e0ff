package escale.http;

import escale.http.identity.LocalTokens;
import escale.http.identity.Role;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A real server on a free port, in front of the sample controllers. */
public final class Door implements AutoCloseable {
    public static final LocalTokens TOKENS = LocalTokens.create("escale", "escale");

    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedServer server;

    private Door(EmbeddedServer server) {
        this.server = server;
    }

    public static Door open() {
        return open(Map.of());
    }

    public static Door open(Map<String, Object> properties) {
        var all = new HashMap<String, Object>(Map.of(
                "micronaut.application.name",
                "sample",
                "micronaut.server.port",
                -1,
                "endpoints.all.port",
                freePort(),
                "escale.jwt.jwks-path",
                keySet().toString()));
        all.putAll(properties);
        return new Door(ApplicationContext.run(EmbeddedServer.class, all));
    }

    /** From the system, which gives other ports to outgoing connections; a random one may be theirs a moment later. */
    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path keySet() {
        try {
            var file = Files.createTempFile("jwks", ".json");
            file.toFile().deleteOnExit();
            TOKENS.writeKeySet(file);
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String token(String userId, Role... roles) {
        return TOKENS.token(userId, Set.of(roles), Duration.ofMinutes(5));
    }

    public ApplicationContext context() {
        return server.getApplicationContext();
    }

    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.getURL() + path)).timeout(Duration.ofMinutes(2));
    }

    public Answer get(String path) {
        return send(to(path));
    }

    public Answer post(String path, String json) {
        return send(
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()), this);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes as they are, for what a decent client would never send; the answer up to the end of the connection. */
    public String raw(byte[] request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.getPort())) {
            socket.setSoTimeout(120_000);
            var answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                socket.getInputStream().transferTo(answer);
            } catch (SocketException reset) {
                // A server that has answered need not listen to the end: what it said stands.
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    Map<String, Object> json(String text) {
        try {
            return context().getBean(JsonMapper.class).readValue(text, Argument.mapOf(String.class, Object.class));
        } catch (IOException e) {
            throw new IllegalStateException("Not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        server.getApplicationContext().close();
    }

    /** What came back. */
    public record Answer(HttpResponse<String> http, Door door) {
        public int status() {
            return http.statusCode();
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        public Map<String, Object> json() {
            return door.json(http.body());
        }

        /** The code of the problem, after a look at what every problem has. */
        public Object code() {
            assertProblem();
            return json().get("code");
        }

        private void assertProblem() {
            if (!header("Content-Type").equals("application/problem+json")) {
                throw new AssertionError("No problem document: " + http + " " + http.body());
            }
            var json = json();
            if (!json.get("type").equals("urn:escale:problem:" + json.get("code"))
                    || !json.get("status").equals(status())
                    || !json.get("requestId").equals(header("X-Request-Id"))) {
                throw new AssertionError("Not a whole problem: " + http.body());
            }
        }
    }
}
