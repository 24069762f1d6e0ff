package escale.local.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;

/** Where the supervisor takes orders: one word per line, from whoever knows the token. */
public final class ControlDoor implements AutoCloseable {
    private final HttpServer server;
    private final String token;
    private final Orders orders;

    private ControlDoor(HttpServer server, String token, Orders orders) {
        this.server = server;
        this.token = token;
        this.orders = orders;
    }

    public static ControlDoor open(Orders orders) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            var door = new ControlDoor(server, HexFormat.of().formatHex(secret), orders);
            server.createContext("/", door::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String token() {
        return token;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!admitted(exchange)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            write(out, "exit " + obey(words, out));
        }
    }

    private boolean admitted(HttpExchange exchange) {
        var shown = exchange.getRequestHeaders().getFirst("Authorization");
        return shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    private int obey(List<String> words, OutputStream out) throws IOException {
        try {
            return orders.run(words, line -> write(out, line));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RuntimeException e) {
            write(out, String.valueOf(e.getMessage()));
            return 1;
        }
    }

    private static void write(OutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
