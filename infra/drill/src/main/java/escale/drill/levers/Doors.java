package escale.drill.levers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import escale.drill.wire.Addresses;
import escale.drill.wire.Answer;
import escale.drill.wire.Connection;
import escale.drill.wire.Tokens;
import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The public doors, as a traveller and an operator use them. */
public final class Doors {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String REDRIVES = "/v1/dead-letters/redrives";
    private static final List<String> TRAVELLER = List.of("traveller");
    private static final List<String> OPERATOR = List.of("ops-read", "ops-write");

    private final Addresses where;
    private final Tokens tokens;

    public Doors(Addresses where, Tokens tokens) {
        this.where = where;
        this.tokens = tokens;
    }

    public Answer book(String user, String key, UUID departure, int people, String method) {
        var body = "{\"departureId\":\"%s\",\"people\":%d,\"paymentMethod\":\"%s\",\"locale\":\"en\"}"
                .formatted(departure, people, method);
        return send(booking(), "POST", "/v1/bookings", "Idempotency-Key: " + key + "\r\n" + as(user, TRAVELLER), body);
    }

    /** By whoever holds the link, without signing in. */
    public Answer payByLink(UUID booking, String token, String key, String method) {
        return send(
                booking(),
                "POST",
                "/v1/bookings/" + booking + "/pay",
                "Idempotency-Key: " + key + "\r\nPay-Link-Token: " + token + "\r\n",
                "{\"paymentMethod\":\"" + method + "\"}");
    }

    public JsonNode read(String user, UUID booking) {
        return json(send(booking(), "GET", "/v1/bookings/" + booking, as(user, TRAVELLER), ""));
    }

    /** As a traveller who has just looked at it. */
    public Answer cancel(String user, UUID booking) {
        var path = "/v1/bookings/" + booking;
        var seen = send(booking(), "GET", path, as(user, TRAVELLER), "");
        var match = "If-Match: " + seen.headers().getOrDefault("etag", "") + "\r\n";
        return send(booking(), "POST", path + "/cancel", match + as(user, TRAVELLER), "");
    }

    public JsonNode timeline(String user, UUID booking) {
        return json(send(booking(), "GET", "/v1/bookings/" + booking + "/timeline", as(user, TRAVELLER), ""));
    }

    /** The dead letters of a booking. */
    public JsonNode cases(UUID booking) {
        return json(send(where.payment(), "GET", "/v1/dead-letters?booking=" + booking, as("drill", OPERATOR), ""))
                .path("items");
    }

    /** How many open cases are younger than this; a hundred means a hundred or more. */
    public int openCases(Instant since) {
        var path = "/v1/dead-letters?status=OPEN&limit=100&openedAfter=" + since;
        return json(send(where.payment(), "GET", path, as("drill", OPERATOR), ""))
                .path("items")
                .size();
    }

    /** As an operator who has just looked at the case. */
    public Answer replay(String deadLetter) {
        var path = "/v1/dead-letters/" + deadLetter;
        var seen = send(where.payment(), "GET", path, as("drill", OPERATOR), "");
        var match = "If-Match: " + seen.headers().getOrDefault("etag", "") + "\r\n";
        return send(where.payment(), "POST", path + "/replay", match + as("drill", OPERATOR), "{}");
    }

    /** What trying the open dead letters of this wish again would be about. */
    public JsonNode preview(String wish) {
        return json(send(where.payment(), "POST", REDRIVES + "/preview", as("drill", OPERATOR), wish));
    }

    public JsonNode redrive(String key, String wish) {
        return json(send(
                where.payment(), "POST", REDRIVES, "Idempotency-Key: " + key + "\r\n" + as("drill", OPERATOR), wish));
    }

    public JsonNode redrive(String id) {
        return json(send(where.payment(), "GET", REDRIVES + "/" + id, as("drill", OPERATOR), ""));
    }

    private URI booking() {
        return where.booking().getFirst();
    }

    private String as(String user, List<String> roles) {
        return "Authorization: Bearer " + tokens.token(user, roles) + "\r\n";
    }

    private static Answer send(URI door, String method, String path, String headers, String body) {
        try (var connection = new Connection(door, PATIENCE)) {
            return connection.exchange(connection.request(method, path, headers, body));
        } catch (IOException e) {
            throw new Unreachable("The door " + door + " does not answer", e);
        }
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new Unreachable("The answer is not JSON: " + answer.text(), e);
        }
    }
}
