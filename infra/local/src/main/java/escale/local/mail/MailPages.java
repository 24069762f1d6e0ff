package escale.local.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** Shows what came in: pages for people, {@code /mails} and {@code /alerts} as JSON for programs. */
final class MailPages implements AutoCloseable {
    private static final int ON_THE_PAGE = 200;
    private static final int AT_ONCE = 500;

    private final HttpServer server;
    private final Letterbox mails;
    private final Letterbox alerts;

    private MailPages(HttpServer server, Letterbox mails, Letterbox alerts) {
        this.server = server;
        this.mails = mails;
        this.alerts = alerts;
    }

    static MailPages open(InetAddress address, int port, Letterbox mails, Letterbox alerts) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), 0);
        var pages = new MailPages(server, mails, alerts);
        server.createContext("/", pages::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return pages;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod() + " " + path) {
                case "GET /health" -> send(exchange, 200, "text/plain", "UP");
                case "GET /" -> send(exchange, 200, "text/html", MailHtml.list(mails, ON_THE_PAGE));
                case "GET /mails" -> list(exchange, mails);
                case "GET /alerts" -> list(exchange, alerts);
                case "GET /count" ->
                    send(
                            exchange,
                            200,
                            "application/json",
                            "{\"mails\":%d,\"alerts\":%d,\"since\":\"%s\"}"
                                    .formatted(mails.count(), alerts.count(), mails.since()));
                case "DELETE /mails" -> empty(exchange, mails);
                case "DELETE /alerts" -> empty(exchange, alerts);
                case "POST /alerts" -> take(exchange);
                case String other when other.matches("GET /mails/[0-9]{1,9}") -> one(exchange, path);
                default -> send(exchange, 404, "text/plain", "There is nothing here; start at /");
            }
        }
    }

    /** {@code ?to=} one recipient, {@code ?from=} a number to go on from; streamed, for there may be many. */
    private static void list(HttpExchange exchange, Letterbox box) throws IOException {
        var query = query(exchange);
        var wanted = query.get("to");
        var from = Integer.parseInt(query.getOrDefault("from", "1"));
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        var separator = "[";
        for (var lines = box.lines(from, AT_ONCE); !lines.isEmpty(); lines = box.lines(from, AT_ONCE)) {
            for (var line : lines) {
                if (wanted == null || isTo(wanted, line)) {
                    out.write((separator + "\n" + line).getBytes(StandardCharsets.UTF_8));
                    separator = ",";
                }
            }
            from += lines.size();
        }
        out.write((separator.equals("[") ? "[]" : "\n]").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isTo(String wanted, String line) throws JsonProcessingException {
        for (JsonNode to : Letterbox.JSON.readTree(line).path("to")) {
            if (to.asText().equalsIgnoreCase(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (var pair : raw.split("&", -1)) {
                var parts = pair.split("=", 2);
                query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private void one(HttpExchange exchange, String path) throws IOException {
        var letter = mails.letter(Integer.parseInt(path.substring("/mails/".length())));
        if (letter.isEmpty()) {
            send(exchange, 404, "text/plain", "There is no such mail.");
        } else {
            send(exchange, 200, "text/html", MailHtml.one(letter.get()));
        }
    }

    /** Alerts come as whatever JSON their sender speaks. */
    private void take(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        ObjectNode alert = Letterbox.JSON.createObjectNode();
        try {
            alert.set("body", Letterbox.JSON.readTree(body));
        } catch (JsonProcessingException e) {
            alert.put("body", new String(body, StandardCharsets.UTF_8));
        }
        alerts.keep(alert);
        send(exchange, 200, "text/plain", "ok");
    }

    private static void empty(HttpExchange exchange, Letterbox box) throws IOException {
        box.empty();
        exchange.sendResponseHeaders(204, -1);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
