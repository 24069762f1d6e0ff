package escale.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {
    private static final String ID = "01a1fb2c-a97d-7de6-9f41-114cff4eb36e";

    @AutoClose
    private static final Door door = Door.open();

    /** {@code +} stands for a good order to which something is added. */
    static Stream<Arguments> bad_bodies() {
        return Stream.of(
                body("", "body-missing", null, null),
                body("null", "body-missing", null, null),
                body("{", "malformed-json", null, null),
                body("hello", "malformed-json", null, null),
                body("{\"people\": 1,}", "malformed-json", null, null),
                body("{'people': 1}", "malformed-json", null, null),
                body("+} x", "malformed-json", null, null),
                body("+}{}", "malformed-json", null, null),
                body("+,\"note\":\"a\nb\"}", "malformed-json", null, null),
                body("+,\"people\":2}", "malformed-json", null, null),
                body("+,\"stops\":[{\"city\":\"a\",\"city\":\"b\",\"nights\":1}]}", "malformed-json", null, null),
                body("+,\"note\":" + "9".repeat(5_000) + "}", "malformed-json", null, null),
                body("+,\"stops\":" + "[".repeat(3_000), "invalid-request", "stops[0]", null),
                body("+,\"extra\":" + "[".repeat(3_000), "invalid-request", "extra", null),
                body("[]", "invalid-request", null, null),
                body("7", "invalid-request", null, null),
                body("{}", "invalid-request", "people", "is required"),
                body("{\"people\":1,\"amount\":1}", "invalid-request", "departure", "is required"),
                body("{\"departure\":null,\"people\":1,\"amount\":1}", "invalid-request", "departure", "is required"),
                body("{\"departure\":\"%s\",\"people\":null,\"amount\":1}", "invalid-request", "people", "is required"),
                body(
                        "{\"departure\":\"x\",\"people\":1,\"amount\":1}",
                        "invalid-request",
                        "departure",
                        "must be a UUID"),
                body(
                        "{\"departure\":\"%s\",\"people\":10,\"amount\":1}",
                        "invalid-request", "people", "must be 1 to 9"),
                body("{\"departure\":\"%s\",\"people\":1,\"amount\":13}", "invalid-request", null, null),
                body("{\"departure\":\"%s\",\"people\":1,\"amount\":14}", "invalid-request", null, null),
                body(
                        "{\"departure\":\"%s\",\"people\":1,\"amount\":0}",
                        "invalid-request", "amount", "must be more than nothing"),
                body(
                        "{\"departure\":\"%s\",\"people\":1.9,\"amount\":1}",
                        "invalid-request", "people", "must be a whole number"),
                body(
                        "{\"departure\":\"%s\",\"people\":\"1\",\"amount\":1}",
                        "invalid-request", "people", "must be a whole number"),
                body(
                        "{\"departure\":\"%s\",\"people\":true,\"amount\":1}",
                        "invalid-request", "people", "must be a whole number"),
                body(
                        "{\"departure\":\"%s\",\"people\":[1],\"amount\":1}",
                        "invalid-request", "people", "must be a whole number"),
                body(
                        "{\"departure\":\"%s\",\"people\":1e2,\"amount\":1}",
                        "invalid-request", "people", "must be a whole number"),
                body("{\"departure\":\"%s\",\"people\":NaN,\"amount\":1}", "malformed-json", null, null),
                body(
                        "{\"departure\":\"%s\",\"people\":2147483648,\"amount\":1}",
                        "invalid-request", "people", "is out of range"),
                body(
                        "{\"departure\":\"%s\",\"people\":1,\"amount\":9223372036854775808}",
                        "invalid-request", "amount", "is out of range"),
                body("+,\"color\":\"BLUE\"}", "invalid-request", "color", "must be one of [RED, GREEN]"),
                body("+,\"color\":1}", "invalid-request", "color", null),
                body("+,\"date\":\"2026-02-30\"}", "invalid-request", "date", "must be a date such as 2026-05-01"),
                body("+,\"gift\":\"yes\"}", "invalid-request", "gift", "must be true or false"),
                body("+,\"gift\":1}", "invalid-request", "gift", "must be true or false"),
                body("+,\"note\":5}", "invalid-request", "note", "must be text"),
                body("+,\"note\":{}}", "invalid-request", "note", "must be text"),
                body("+,\"note\":[\"a\"]}", "invalid-request", "note", "must be text"),
                body("+,\"note\":\"a\\u0000b\"}", "invalid-request", "note", "must not contain a NUL character"),
                body("+,\"stops\":5}", "invalid-request", "stops[0]", null),
                body("+,\"stops\":[null]}", "invalid-request", null, null),
                body(
                        "+,\"stops\":[{\"city\":\"a\",\"nights\":0}]}",
                        "invalid-request",
                        "stops[0].nights",
                        "must be at least 1"),
                body(
                        "+,\"stops\":[{\"city\":\"a\",\"nights\":1},{\"nights\":1}]}",
                        "invalid-request",
                        "stops[1].city",
                        "is required"),
                body("+,\"price\":1}", "invalid-request", "price", "is not known here"),
                body("+,\"status\":\"CONFIRMED\"}", "invalid-request", "status", "is not known here"),
                body("+,\"userId\":\"somebody\"}", "invalid-request", "userId", "is not known here"),
                body(
                        "+,\"stops\":[{\"city\":\"a\",\"nights\":1,\"price\":1}]}",
                        "invalid-request",
                        "stops[0].price",
                        "is not known here"));
    }

    private static Arguments body(String json, String code, String field, String message) {
        var good = "{\"departure\":\"" + ID + "\",\"people\":1,\"amount\":1";
        return Arguments.of(
                (json.startsWith("+") ? good + json.substring(1) : json).replace("%s", ID), code, field, message);
    }

    @ParameterizedTest
    @MethodSource("bad_bodies")
    void a_bad_body_is_refused_with_its_field(String json, String code, String field, String message) {
        var answer = door.post("/v1/orders", json);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.http().body()).doesNotContain("escale.http", "java.", "jackson", "micronaut", "`");
        if (field != null) {
            var error = (Map<?, ?>) ((List<?>) answer.json().get("errors")).getFirst();
            assertThat(error.get("field")).isEqualTo(field);
            if (message != null) {
                assertThat(error.get("message")).isEqualTo(message);
            }
        } else {
            assertThat(answer.json()).doesNotContainKey("errors");
        }
    }

    @Test
    void a_good_body_is_read() {
        var answer = door.post("/v1/orders", """
                {"departure": "%s", "people": 2, "amount": 9000000, "color": null, "date": "2026-05-01", "gift": true,
                 "note": "\\\\u0000 is not NUL: élan 😀", "stops": [{"city": "Paris", "nights": 2}]}
                """.formatted(ID).replace("9000000", "900000"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json())
                .containsEntry("note", "\\u0000 is not NUL: élan 😀")
                .containsEntry("amount", 900000);
    }

    @Test
    void a_refusal_of_the_domain_may_have_members_of_its_own() {
        var answer = door.post("/v1/orders", "{\"departure\":\"%s\",\"people\":1,\"amount\":2000000}".formatted(ID));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("too-dear");
        assertThat(answer.json())
                .containsEntry("title", "Too dear")
                .containsEntry("detail", "Nobody pays so much")
                .containsEntry("instance", "/v1/orders")
                .containsEntry("limit", 1_000_000);
    }

    static Stream<Arguments> bad_addresses() {
        return Stream.of(
                Arguments.of("GET", "/v1/orders/x", 400, "invalid-request"),
                Arguments.of("GET", "/v1/orders/" + ID + "?at=yesterday", 400, "invalid-request"),
                Arguments.of("GET", "/v1/orders/" + ID + "?color=BLUE", 400, "invalid-request"),
                Arguments.of("GET", "/v1/orders/" + ID + "?n=99999999999", 400, "invalid-request"),
                Arguments.of("GET", "/v1/orders/" + ID + "?n=1.5", 400, "invalid-request"),
                Arguments.of("GET", "/v1/named/a%00b", 400, "invalid-request"),
                Arguments.of("GET", "/v1/numbers?cursor=%00", 400, "invalid-request"),
                Arguments.of("GET", "/v1/named/a", 400, "invalid-request"),
                Arguments.of("GET", "/", 404, "not-found"),
                Arguments.of("GET", "/v1/nothing", 404, "not-found"),
                Arguments.of("GET", "/v1/silent", 404, "not-found"),
                Arguments.of("GET", "/v1/orders/../../etc/passwd", 404, "not-found"),
                Arguments.of("DELETE", "/v1/orders", 405, "method-not-allowed"),
                Arguments.of("BREW", "/v1/orders", 405, "method-not-allowed"));
    }

    @ParameterizedTest
    @MethodSource("bad_addresses")
    void a_bad_address_is_refused(String method, String path, int status, String code) {
        var answer = door.send(door.to(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void a_wrong_method_is_told_the_right_ones() {
        var answer = door.send(door.to("/v1/thing").DELETE());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").split(", ?")).contains("GET", "PUT");
    }

    @Test
    void another_media_type_is_refused() {
        var xml = door.send(door.to("/v1/orders")
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString("<order/>")));
        var form = door.send(door.to("/v1/orders")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString("--x--")));
        var nonsense = door.send(door.to("/v1/orders")
                .header("Content-Type", "nonsense")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(xml.status()).isEqualTo(415);
        assertThat(xml.code()).isEqualTo("unsupported-media-type");
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.code()).isEqualTo("unsupported-media-type");
        assertThat(nonsense.status()).isBetween(400, 415);
        nonsense.code();
    }

    @Test
    void a_client_that_accepts_something_else_is_told_so_as_a_problem() {
        var answer = door.send(door.to("/v1/trace").header("Accept", "image/png"));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.code()).isEqualTo("not-acceptable");
    }

    @Test
    void a_browser_gets_problems_too() {
        var answer = door.send(door.to("/v1/orders/x").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        assertThat(answer.code()).isEqualTo("invalid-request");
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        var answer = door.post("/v1/orders", "{\"note\":\"" + "x".repeat(65 * 1024) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too-large");
    }

    @Test
    void a_large_body_without_a_length_is_refused_too() {
        var endless = HttpRequest.BodyPublishers.ofByteArrays(java.util.Collections.nCopies(80, new byte[1024]));

        var answer = door.send(
                door.to("/v1/orders").header("Content-Type", "application/json").POST(endless));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too-large");
    }

    @Test
    void text_that_is_not_utf_8_is_refused() {
        var bytes = "{\"departure\":\"%s\",\"people\":1,\"amount\":1,\"note\":\"?\"}"
                .formatted(ID)
                .getBytes();
        bytes[bytes.length - 3] = (byte) 0xFF;

        var answer = door.send(door.to("/v1/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed-json");
    }

    @Test
    void a_head_request_is_refused_without_a_body() {
        var answer = door.send(door.to("/v1/nothing").method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.http().body()).isEmpty();
    }
}
