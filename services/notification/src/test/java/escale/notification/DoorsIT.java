package escale.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.runtime.Ids;
import escale.testkit.Contracts;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorsIT {
    private static final String READER = NotificationService.token("paul", Role.OPS_READ);
    private static final String SERVICE = NotificationService.token("payment", Role.SERVICE);
    private static final UUID UNKNOWN = UUID.fromString("019df20e-0000-70f2-b90c-f28c1fb17c23");

    private static MailBox box;
    private static NotificationService service;

    @BeforeAll
    static void start() {
        box = MailBox.open();
        service = NotificationService.start(box);
        var tour = new String(Contracts.example("tour.published"), StandardCharsets.UTF_8);
        Topics.tell("tours", "019cade2-11c0-752e-b269-a6a36513270e", "tour.published", tour);
        Topics.user("claire", "claire@example.org", "Claire", "en", 1);
        await().until(() -> service.count("select count(*) from departure") >= 2
                && service.count("select count(*) from traveller where user_id = 'claire'") == 1);
    }

    @AfterAll
    static void stop() {
        service.close();
        box.close();
    }

    /** Who gets in is 2xx, 400, 404 or 409: what is asked for here does not exist or is empty, and there is no outage. */
    @ParameterizedTest
    @CsvSource({
        "POST, /v1/notify-me, 401, 401, 409, 403, 403, 403, 403",
        "DELETE, /v1/notify-me, 401, 401, 204, 403, 403, 403, 403",
        "POST, /v1/notify-me/guests, 400, 400, 400, 400, 400, 400, 400",
        "DELETE, /v1/notify-me/guests/019df20e-0000-70f2-b90c-f28c1fb17c23, 204, 204, 204, 204, 204, 204, 204",
        "POST, /v1/notifications, 401, 401, 403, 403, 403, 403, 400",
        "GET, /v1/notifications, 401, 401, 403, 403, 200, 403, 403",
        "GET, /v1/notifications/019df20e-0000-70f2-b90c-f28c1fb17c23, 401, 401, 403, 403, 404, 403, 404"
    })
    void each_route_lets_in_whom_the_table_says(
            String method,
            String path,
            int anonymous,
            int expired,
            int traveller,
            int operator,
            int opsRead,
            int opsWrite,
            int otherService)
            throws Exception {
        assertThat(call(method, path, "")).isEqualTo(anonymous);
        assertThat(call(method, path, NotificationService.token("paul", Duration.ofHours(-1), Role.OPS_READ)))
                .isEqualTo(expired);
        assertThat(call(method, path, NotificationService.token("marie", Role.TRAVELLER)))
                .isEqualTo(traveller);
        assertThat(call(method, path, NotificationService.token("omar", Role.OPERATOR)))
                .isEqualTo(operator);
        assertThat(call(method, path, READER)).isEqualTo(opsRead);
        assertThat(call(method, path, NotificationService.token("emma", Role.OPS_WRITE)))
                .isEqualTo(opsWrite);
        assertThat(call(method, path, SERVICE)).isEqualTo(otherService);
    }

    private static int call(String method, String path, String token) throws Exception {
        return service.call(method, path, token, method.equals("POST") ? "{}" : "", "Idempotency-Key", "k")
                .statusCode();
    }

    @Test
    void a_service_has_a_traveller_told_once_however_often_it_asks() throws Exception {
        var booking = Ids.next();
        var body = body(Map.of("bookingId", booking));
        var key = "reserved-" + booking;
        var first = ask(key, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        var location = first.headers().firstValue("Location").orElseThrow();
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();

        var again = ask(key, body.replace(" ", "  "));
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.headers().firstValue("Location")).contains(location);

        var other = ask(key, body(Map.of("bookingId", booking, "people", 3)));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused");

        var sameOccasion = ask("another-" + booking, body);
        assertThat(sameOccasion.statusCode()).isEqualTo(409);
        assertThat(sameOccasion.body()).contains("already-told", location.substring(location.lastIndexOf('/') + 1));

        await().until(() -> service.call("GET", location, SERVICE, "").body().contains("\"state\":\"SENT\""));
        assertThat(box.about(booking)).hasSize(1);
        var mail = box.about(booking).getFirst();
        assertThat(mail.text())
                .contains("Montmartre à la tombée du jour", "vendredi 12 juin 2026 à 20:30", "https://pay.example/1");
        assertThat(service.call("GET", location, READER, "").body()).contains("\"outcome\":\"SENT\"");
    }

    @Test
    void two_who_ask_with_one_key_at_the_same_moment_get_the_same_mail() throws Exception {
        var booking = Ids.next();
        var body = body(Map.of("bookingId", booking));
        var locations = new HashSet<String>();
        IntStream.range(0, 8)
                .parallel()
                .mapToObj(_ -> ask("race-" + booking, body))
                .forEach(answer -> {
                    synchronized (locations) {
                        locations.add(answer.headers().firstValue("Location").orElse("none"));
                    }
                });
        assertThat(locations).hasSize(1).doesNotContain("none");
    }

    @Test
    void the_same_key_of_another_service_is_another_key() throws Exception {
        var booking = Ids.next();
        assertThat(ask("shared", body(Map.of("bookingId", booking))).statusCode())
                .isEqualTo(202);
        var other = service.call(
                "POST",
                "/v1/notifications",
                NotificationService.token("booking", Role.SERVICE),
                body(Map.of("bookingId", Ids.next())),
                "Idempotency-Key",
                "shared");
        assertThat(other.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "kind         | \"LOST\"                 | 400",
                "kind         | -                        | 400",
                "kind         | 5                        | 400",
                "kind         | \"REFUNDED\"             | 400",
                "userId       | \"\"                     | 400",
                "userId       | \"a\\nb\"                | 400",
                "userId       | \"a\\u0000b\"            | 400",
                "userId       | -                        | 400",
                "bookingId    | \"no-uuid\"              | 400",
                "chargeNo     | -1                       | 400",
                "chargeNo     | 1.5                      | 400",
                "chargeNo     | \"1\"                    | 400",
                "chargeNo     | 99999999999              | 400",
                "departureId  | \"019df20e-0000-70f2-b90c-f28c1fb17c23\" | 422",
                "departureId  | -                        | 400",
                "people       | 0                        | 400",
                "amount       | 0                        | 400",
                "amount       | -5                       | 400",
                "currency     | \"euro\"                 | 400",
                "currency     | \"eur\"                  | 400",
                "locale       | \"de\"                   | 400",
                "refundAmount | 5                        | 400",
                "refundId     | \"019df20e-0000-70f2-b90c-f28c1fb17c23\" | 400",
                "link         | \"javascript:alert(1)\"  | 400",
                "link         | \"https://\"             | 400",
                "expiresAt    | \"tomorrow\"             | 400",
                "state        | \"SENT\"                 | 400",
                "email        | \"eve@example.org\"      | 400"
            })
    void a_request_that_makes_no_sense_is_refused_at_the_door(String field, @Nullable String value, int status) {
        var sound = body(Map.of("bookingId", Ids.next()));
        var without = sound.replaceFirst(",?\\s*\"" + field + "\": [^,}]+", "").replaceFirst("\\{,", "{");
        var answer = ask(
                Ids.next().toString(),
                value == null
                        ? without
                        : without.replaceFirst("}", Matcher.quoteReplacement(", \"" + field + "\": " + value + "}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void without_an_idempotency_key_nothing_is_taken() throws Exception {
        var answer = service.call("POST", "/v1/notifications", SERVICE, body(Map.of("bookingId", Ids.next())));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("idempotency-key-missing");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/notifications?booking=no-uuid, 400",
        "/v1/notifications?kind=LOST, 400",
        "/v1/notifications?state=LOST, 400",
        "/v1/notifications?limit=0, 400",
        "/v1/notifications?limit=101, 400",
        "/v1/notifications?cursor=%00, 400",
        "/v1/notifications?cursor=invented, 400",
        "/v1/notifications/no-uuid, 400",
        "/v1/notifications/019df20e-0000-70f2-b90c-f28c1fb17c23, 404",
        "/v1/nothing, 404"
    })
    void bad_questions_get_a_problem_with_the_right_status(String path, int status) throws Exception {
        var answer = service.call("GET", path, READER, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void operators_page_through_what_a_booking_was_told_and_see_no_address() throws Exception {
        var booking = Ids.next();
        for (var charge = 1; charge <= 5; charge++) {
            assertThat(ask("page-" + booking + charge, body(Map.of("bookingId", booking, "chargeNo", charge)))
                            .statusCode())
                    .isEqualTo(202);
        }
        var seen = new HashSet<String>();
        var pages = 0;
        var next = "/v1/notifications?booking=" + booking + "&kind=RESERVED&limit=2";
        while (next != null) {
            var answer = service.call("GET", next, READER, "");
            assertThat(answer.body()).doesNotContain("claire@example.org");
            Pattern.compile("\"notificationId\":\"([^\"]+)\"")
                    .matcher(answer.body())
                    .results()
                    .forEach(found -> assertThat(seen.add(found.group(1))).isTrue());
            next = answer.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse(null);
            pages++;
        }
        assertThat(seen).hasSize(5);
        assertThat(pages).isEqualTo(3);
        assertThat(service.call("GET", "/v1/notifications?booking=" + UNKNOWN, READER, "")
                        .body())
                .contains("\"items\":[]");
    }

    private static HttpResponse<String> ask(String key, String body) {
        try {
            return service.call("POST", "/v1/notifications", SERVICE, body, "Idempotency-Key", key);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The mail of a reservation; the second departure example is not used, so that its time is known. */
    private static String body(Map<String, Object> more) {
        var json = """
                {"kind": "RESERVED", "userId": "claire", "bookingId": "x", "chargeNo": 1,
                 "departureId": "019cade2-fc20-70c5-8d23-1818892f902b", "people": 2, "amount": 9000, "currency": "EUR",
                 "locale": "fr", "link": "https://pay.example/1", "expiresAt": "2999-05-05T08:41:00.118Z"}
                """;
        for (var value : more.entrySet()) {
            var written = value.getValue() instanceof Number ? "" + value.getValue() : "\"" + value.getValue() + "\"";
            json = json.replaceFirst("\"" + value.getKey() + "\": [^,}]+", "\"" + value.getKey() + "\": " + written);
        }
        return json;
    }
}
