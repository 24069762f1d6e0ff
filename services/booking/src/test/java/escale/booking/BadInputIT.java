package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import escale.http.identity.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes to the door: the right status, a problem that says why, and nothing written. */
class BadInputIT {
    private static final String TRAVELLER = BookingService.token("marie", Role.TRAVELLER);

    @AutoClose
    private static final BookingService service = BookingService.start();

    private static final UUID departure = service.departure(50);

    @AfterEach
    void nothing_is_written() {
        assertThat(service.seatsLeft(departure)).isEqualTo(50);
        assertThat(service.count("select count(*) from booking where departure_id = ?", departure))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    not json                                                                              | malformed-json
                    {"departureId": "%s", "people": 2, "paymentMethod": "pm_card_visa"                    | malformed-json
                    {"departureId": "%s", "people": 2, "paymentMethod": "pm_card_visa"} {}                | malformed-json
                    []                                                                                    | invalid-request
                    null                                                                                  | body-missing
                    {}                                                                                    | invalid-request
                    {"people": 2, "paymentMethod": "pm_card_visa"}                                        | invalid-request
                    {"departureId": "%s", "paymentMethod": "pm_card_visa"}                                | invalid-request
                    {"departureId": "%s", "people": 2}                                                    | invalid-request
                    {"departureId": "Paris", "people": 2, "paymentMethod": "pm_card_visa"}                | invalid-request
                    {"departureId": 7, "people": 2, "paymentMethod": "pm_card_visa"}                      | invalid-request
                    {"departureId": null, "people": 2, "paymentMethod": "pm_card_visa"}                   | invalid-request
                    {"departureId": "%s", "people": 0, "paymentMethod": "pm_card_visa"}                   | invalid-request
                    {"departureId": "%s", "people": -1, "paymentMethod": "pm_card_visa"}                  | invalid-request
                    {"departureId": "%s", "people": 51, "paymentMethod": "pm_card_visa"}                  | invalid-request
                    {"departureId": "%s", "people": 10000, "paymentMethod": "pm_card_visa"}               | invalid-request
                    {"departureId": "%s", "people": 99999999999, "paymentMethod": "pm_card_visa"}         | invalid-request
                    {"departureId": "%s", "people": 1.5, "paymentMethod": "pm_card_visa"}                 | invalid-request
                    {"departureId": "%s", "people": "2", "paymentMethod": "pm_card_visa"}                 | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": ""}                               | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": "4242424242424242"}               | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": "pm_4242424242424242"}            | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": "pm_\\u0000"}                     | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": ["pm_card_visa"]}                 | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": "pm_card_visa", "locale": "de"}   | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": "pm_card_visa", "amount": 1}      | invalid-request
                    {"departureId": "%s", "people": 2, "paymentMethod": "pm_card_visa", "userId": "paul"} | invalid-request
                    {"departureId": "%s", "people": 2, "people": 1, "paymentMethod": "pm_card_visa"}      | malformed-json
                    """)
    void a_body_that_makes_no_sense_is_refused(String body, String code) {
        var answer = service.book(TRAVELLER, UUID.randomUUID().toString(), body.replace("%s", departure.toString()));
        assertProblem(answer, 400, code);
    }

    @Test
    void a_huge_body_is_not_read() {
        var body = BookingService.body(departure, 2).replace("pm_card_visa", "pm_" + "a".repeat(1_000_000));
        assertProblem(service.book(TRAVELLER, "key", body), 413, null);
    }

    @Test
    void a_body_of_another_kind_is_refused() {
        var answer = service.call(
                "POST", "/v1/bookings", TRAVELLER, "", "Idempotency-Key", "key", "Content-Type", "text/plain");
        assertThat(answer.statusCode()).isBetween(400, 415);
    }

    @Test
    void a_key_is_needed_and_has_a_shape() {
        var body = BookingService.body(departure, 2);
        assertProblem(service.call("POST", "/v1/bookings", TRAVELLER, body), 400, "idempotency-key-missing");
        assertProblem(service.book(TRAVELLER, " ", body), 400, "idempotency-key-missing");
        assertProblem(service.book(TRAVELLER, "k".repeat(256), body), 400, "idempotency-key-invalid");
        assertProblem(service.book(TRAVELLER, "two words", body), 400, "idempotency-key-invalid");
        assertProblem(
                service.call("POST", "/v1/bookings", TRAVELLER, body, "Idempotency-Key", "a", "Idempotency-Key", "b"),
                400,
                "idempotency-key-invalid");
    }

    @Test
    void a_key_that_stands_for_another_request_is_refused() {
        var elsewhere = service.departure(5);
        assertThat(service.book(TRAVELLER, "reused", BookingService.body(elsewhere, 1))
                        .statusCode())
                .isEqualTo(202);
        assertProblem(
                service.book(TRAVELLER, "reused", BookingService.body(elsewhere, 2)), 422, "idempotency-key-reused");
        assertProblem(
                service.book(TRAVELLER, "reused", BookingService.body(departure, 1)), 422, "idempotency-key-reused");
    }

    @Test
    void a_refusal_is_not_remembered_under_its_key() {
        var full = service.departure(1);
        var key = UUID.randomUUID().toString();
        assertProblem(service.book(TRAVELLER, key, BookingService.body(full, 2)), 409, "sold-out");
        service.update("update departure set capacity = 2, seats_left = 2 where id = ?", full);
        assertThat(service.book(TRAVELLER, key, BookingService.body(full, 2)).statusCode())
                .isEqualTo(202);
    }

    @Test
    void what_cannot_be_booked_says_why() {
        assertProblem(
                service.book(TRAVELLER, "a", BookingService.body(UUID.randomUUID(), 1)), 404, "unknown-departure");
        var left = service.departure(UUID.randomUUID(), 5, Instant.now().minus(Duration.ofMinutes(1)));
        assertProblem(service.book(TRAVELLER, "b", BookingService.body(left, 1)), 409, "departure-left");
        var large = service.departure(200);
        assertThat(service.book(TRAVELLER, "c", BookingService.body(large, 50)).statusCode())
                .isEqualTo(202);
        assertProblem(service.book(TRAVELLER, "d", BookingService.body(large, 1)), 409, "too-many-seats");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/bookings/no-uuid",
                "/v1/bookings?tour=no-uuid",
                "/v1/bookings?upcoming=soon",
                "/v1/bookings?upcoming=0h",
                "/v1/bookings?upcoming=1000d",
                "/v1/bookings?user=",
                "/v1/bookings?user=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "/v1/bookings?user=%00",
                "/v1/bookings?limit=0",
                "/v1/bookings?limit=101",
                "/v1/bookings?limit=ten",
                "/v1/bookings?cursor=mine",
                "/v1/bookings/no-uuid/timeline",
                "/v1/bookings/no-uuid/stream"
            })
    void a_question_that_makes_no_sense_is_refused(String path) {
        assertThat(service.get(path).statusCode()).as(service.get(path).body()).isEqualTo(400);
        assertThat(service.get(path).headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
    }

    @Test
    void a_cancellation_says_which_version_it_means() {
        var booking = service.booked(service.departure(5), 1);
        var path = "/v1/bookings/" + booking + "/cancel";
        assertProblem(service.call("POST", path, TRAVELLER, ""), 428, "if-match-missing");
        assertProblem(service.call("POST", path, TRAVELLER, "", "If-Match", "*"), 400, "if-match-invalid");
        assertProblem(service.call("POST", path, TRAVELLER, "", "If-Match", "\"9\""), 412, "stale-version");
        assertThat(service.status(booking)).isEqualTo("PENDING_PAYMENT");
    }

    private static void assertProblem(
            HttpResponse<String> answer, int status, @org.jspecify.annotations.Nullable String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        OpenApi.assertValid("Problem", answer.body());
        if (code != null) {
            assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        }
    }
}
