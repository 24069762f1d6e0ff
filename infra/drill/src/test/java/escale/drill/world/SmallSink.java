package escale.drill.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where mails end: one door for all worlds, emptied for each. */
final class SmallSink {
    private static final List<String> LETTERS = new CopyOnWriteArrayList<>();
    private static final URI DOOR = open();
    private static volatile Instant since = Instant.EPOCH;

    private SmallSink() {}

    private static URI open() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/mails", each -> send(each, "[" + String.join(",", LETTERS) + "]"));
            server.createContext("/count", each -> send(each, "{\"since\":\"" + since + "\"}"));
            server.start(); // its thread is a daemon's child and ends with the tests
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    static URI door() {
        return DOOR;
    }

    static void empty(Instant at) {
        LETTERS.clear();
        since = at;
    }

    static void take(UUID mail, UUID booking, String kind) {
        LETTERS.add("""
                {"from":"a@b","to":["c@d"],"headers":{"Message-ID":"<%s@escale.example>","Subject":"x",\
                "X-Escale-Kind":"%s","X-Escale-Booking":"%s","X-Escale-Charge":"1"},"text":"…","number":1}\
                """.formatted(mail, kind, booking));
    }

    /** One of another matter: of the end of an outage. */
    static void takeAboutOutage() {
        LETTERS.add("{\"headers\":{\"Message-ID\":\"<%1$s@b>\",\"X-Escale-Outage\":\"%1$s\"}}"
                .formatted(UUID.randomUUID()));
    }

    /** As if it went away while it told its mails. */
    static void breakOff() {
        LETTERS.add("{\"headers\":{\"Message-ID\":");
    }

    static void lose(UUID mail) {
        LETTERS.removeIf(letter -> letter.contains(mail.toString()));
    }
}
