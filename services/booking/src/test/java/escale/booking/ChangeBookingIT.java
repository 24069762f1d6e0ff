package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that cost no more. Payment is not there at all: none of them needs it. */
class ChangeBookingIT {
    @AutoClose
    private static final ChangeDesk desk = new ChangeDesk();

    @Test
    void fewer_people_free_seats_at_once_and_the_difference_goes_back() {
        var tour = desk.tour(10, 4_500);
        var booking = desk.confirmed(tour.first(), 3);
        var answer = desk.change(booking, "{\"people\": 2}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApi.assertValid("Booking", answer.body());
        assertThat(answer.body())
                .contains("\"people\":2")
                .contains("\"amount\":9000")
                .contains("\"status\":\"CONFIRMED\"");
        assertThat(answer.headers().firstValue("ETag")).contains("\"4\"");
        assertThat(desk.service.seatsLeft(tour.first())).isEqualTo(8);
        desk.told.awaitOrders(booking, "requested 1", "refund-requested 4500");
        for (var i = 0; i < 3; i++) {
            desk.refunded(booking, 1, 3, 4_500, 9_000, "booking-changed");
        }
        desk.told.awaitEvents(
                booking,
                "booking.created",
                "booking.confirmed",
                "booking.changed",
                "booking.refund-pending",
                "booking.refunded");
        assertThat(desk.service.status(booking)).isEqualTo("CONFIRMED");
        var timeline = desk.service.get("/v1/bookings/" + booking + "/timeline").body();
        OpenApi.assertValid("Timeline", timeline);
        assertThat(timeline).contains("booking.changed").contains("booking.refunded");
    }

    @Test
    void another_departure_at_the_same_price_moves_the_seats_and_orders_nothing() {
        var tour = desk.tour(10, 4_500);
        var booking = desk.confirmed(tour.first(), 3);
        var answer = desk.change(booking, departure(tour.second()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(desk.service.seatsLeft(tour.first())).isEqualTo(10);
        assertThat(desk.service.seatsLeft(tour.second())).isEqualTo(7);
        desk.told.awaitEvents(booking, "booking.created", "booking.confirmed", "booking.changed");
        desk.told.awaitOrders(booking, "requested 1");
    }

    @Test
    void a_cheaper_departure_with_more_people_costs_what_it_costs_there() {
        var tour = desk.tour(10, 2_000);
        var booking = desk.confirmed(tour.first(), 2);
        var answer = desk.change(booking, "{\"people\": 4, \"departureId\": \"%s\"}".formatted(tour.second()));
        assertThat(answer.body()).contains("\"amount\":8000").contains("\"people\":4");
        desk.told.awaitOrders(booking, "requested 1", "refund-requested 1000");
        assertThat(desk.service.seatsLeft(tour.second())).isEqualTo(6);
    }

    @Test
    void what_was_changed_is_cancelled_as_a_whole_and_refunded_when_nothing_is_left() {
        var booking = desk.confirmed(desk.tour(10, 4_500).first(), 3);
        desk.change(booking, "{\"people\": 2}");
        var cancelled = desk.cancel(booking, 4);
        assertThat(cancelled.body()).contains("REFUND_PENDING");
        desk.told.awaitOrders(booking, "requested 1", "refund-requested 4500", "cancel-requested 1");
        desk.refunded(booking, 1, 3, 4_500, 9_000, "booking-changed");
        await().until(() -> lines(booking, "payment.refunded") == 1);
        assertThat(desk.service.status(booking)).isEqualTo("REFUND_PENDING");
        desk.refunded(booking, 1, 4, 9_000, 0, "booking-cancelled");
        desk.service.awaitStatus(booking, Status.REFUNDED);
    }

    @Test
    void the_same_key_changes_once_and_stands_for_nothing_else() {
        var booking = desk.confirmed(desk.tour(10, 4_500).first(), 3);
        var first = desk.change(booking, 2, "key", "{\"people\": 2}");
        var again = desk.change(booking, 2, "key", "{\"people\": 2}");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).contains("false");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(OpenApi.refusal(desk.change(booking, 4, "key", "{\"people\": 1}"), 422))
                .isEqualTo("idempotency-key-reused");
        desk.told.awaitOrders(booking, "requested 1", "refund-requested 4500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not json                                     | 400 | malformed-json
            {}                                           | 400 | invalid-request
            {"people": null}                             | 400 | invalid-request
            {"people": 0}                                | 400 | invalid-request
            {"people": 51}                               | 400 | invalid-request
            {"people": "2"}                              | 400 | invalid-request
            {"people": 1.5}                              | 400 | invalid-request
            {"departureId": "Paris"}                     | 400 | invalid-request
            {"people": 1, "amount": 1}                   | 400 | invalid-request
            {"people": 1, "status": "REFUNDED"}          | 400 | invalid-request
            {"people": 3, "paymentMethod": "4242424242424242"} | 400 | invalid-request
            {"people": 2}                                | 422 | nothing-to-change
            {"people": 3}                                | 422 | payment-method-needed
            {"people": 6, "paymentMethod": "pm_card_visa"} | 409 | sold-out
            {"departureId": "019cade2-fc20-70c5-8d23-1818892f902b"} | 404 | unknown-departure
            """)
    void what_makes_no_sense_is_refused_and_nothing_is_written(String body, int status, String code) {
        var departure = desk.tour(5, 4_500).first();
        var booking = desk.confirmed(departure, 2);
        assertThat(OpenApi.refusal(desk.change(booking, body), status)).isEqualTo(code);
        unchanged(booking, departure);
    }

    @Test
    void what_cannot_be_changed_says_why() {
        var tour = desk.tour(5, 4_500);
        var booking = desk.confirmed(tour.first(), 2);
        assertThat(OpenApi.refusal(
                        desk.change(booking, departure(desk.tour(5, 1).first())), 422))
                .isEqualTo("other-tour");
        assertThat(OpenApi.refusal(desk.change(booking, 1, "k", "{\"people\": 1}"), 412))
                .isEqualTo("stale-version");
        desk.service.update("update departure set open = false where id = ?", tour.second());
        assertThat(OpenApi.refusal(desk.change(booking, departure(tour.second())), 404))
                .isEqualTo("unknown-departure");
        desk.service.update("update departure set open = true, currency = 'CHF' where id = ?", tour.second());
        assertThat(OpenApi.refusal(desk.change(booking, departure(tour.second())), 409))
                .isEqualTo("other-currency");
        desk.service.update("update departure set starts_at = now() where id = ?", tour.second());
        assertThat(OpenApi.refusal(desk.change(booking, departure(tour.second())), 409))
                .isEqualTo("departure-left");
        desk.service.update("update departure set starts_at = now() where id = ?", tour.first());
        assertThat(OpenApi.refusal(desk.change(booking, "{\"people\": 1}"), 409))
                .isEqualTo("departure-left");
        unchanged(booking, tour.first());
        var unpaid = desk.service.booked(desk.tour(5, 4_500).first(), 2);
        assertThat(OpenApi.refusal(desk.change(unpaid, "{\"people\": 1}"), 409)).isEqualTo("not-confirmed");
    }

    @Test
    void a_version_and_a_key_are_needed() {
        var booking = desk.confirmed(desk.tour(5, 4_500).first(), 2);
        var path = "/v1/bookings/" + booking + "/change";
        var body = "{\"people\": 1}";
        assertThat(OpenApi.refusal(
                        desk.service.call("POST", path, ChangeDesk.MARIE, body, "Idempotency-Key", "k"), 428))
                .isEqualTo("if-match-missing");
        assertThat(OpenApi.refusal(desk.service.call("POST", path, ChangeDesk.MARIE, body, "If-Match", "\"2\""), 400))
                .isEqualTo("idempotency-key-missing");
    }

    @Test
    void one_traveller_gets_no_more_seats_of_a_departure_by_changing_than_by_booking() {
        var tour = desk.tour(200, 4_500);
        desk.service.booked(tour.second(), 40);
        var booking = desk.confirmed(tour.first(), 11);
        assertThat(OpenApi.refusal(desk.change(booking, departure(tour.second())), 409))
                .isEqualTo("too-many-seats");
    }

    /** The seats are those that new bookings take, too. */
    @Test
    void twenty_who_want_the_last_seats_of_another_departure_share_them_without_overselling() throws Exception {
        var tour = desk.tour(60, 4_500);
        desk.service.update("update departure set capacity = 7, seats_left = 7 where id = ?", tour.second());
        var requests = new ArrayList<Callable<HttpResponse<String>>>();
        for (var i = 0; i < 20; i++) {
            var booking = desk.confirmed(tour.first(), 2);
            requests.add(() -> desk.change(booking, departure(tour.second())));
        }
        for (var i = 0; i < 5; i++) {
            requests.add(() -> desk.service.book(tour.second(), 1));
        }
        var answers = AtOnce.all(requests);
        var changed =
                answers.stream().filter(answer -> answer.statusCode() == 200).count();
        var booked =
                answers.stream().filter(answer -> answer.statusCode() == 202).count();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(200, 202, 409));
        assertThat(desk.service.seatsLeft(tour.second())).isEqualTo((int) (7 - 2 * changed - booked));
        assertThat(desk.service.seatsLeft(tour.second())).isLessThan(2);
        assertThat(desk.service.seatsLeft(tour.first())).isEqualTo((int) (20 + 2 * changed));
    }

    @Test
    void of_two_changes_at_once_one_happens() throws Exception {
        for (var i = 0; i < 10; i++) {
            var departure = desk.tour(10, 4_500).first();
            var booking = desk.confirmed(departure, 4);
            var answers = AtOnce.both(
                    () -> desk.change(booking, 2, "a", "{\"people\": 3}"),
                    () -> desk.change(booking, 2, "b", "{\"people\": 2}"));
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 412);
            assertThat(desk.service.seatsLeft(departure)).isEqualTo(10 - desk.people(booking));
        }
    }

    @Test
    void of_a_change_and_a_cancellation_at_once_one_happens() throws Exception {
        for (var i = 0; i < 10; i++) {
            var tour = desk.tour(10, 4_500);
            var booking = desk.confirmed(tour.first(), 4);
            var answers = AtOnce.both(
                    () -> desk.change(booking, 2, "a", departure(tour.second())), () -> desk.cancel(booking, 2));
            assertThat(answers)
                    .extracting(HttpResponse::statusCode)
                    .containsAnyOf(200)
                    .containsAnyOf(412);
            var cancelled = desk.service.status(booking).equals("REFUND_PENDING");
            assertThat(desk.service.seatsLeft(tour.first())).isEqualTo(10);
            assertThat(desk.service.seatsLeft(tour.second())).isEqualTo(cancelled ? 10 : 6);
        }
    }

    private static void unchanged(UUID booking, UUID departure) {
        assertThat(desk.version(booking)).isEqualTo(2);
        assertThat(desk.people(booking)).isEqualTo(2);
        assertThat(desk.service.seatsLeft(departure)).isEqualTo(3);
        assertThat(desk.service.count("select count(*) from booking_change where booking_id = ?", booking))
                .isZero();
    }

    private static int lines(UUID booking, String type) {
        return desk.service.count("select count(*) from timeline where booking_id = ? and type = ?", booking, type);
    }

    private static String departure(UUID id) {
        return "{\"departureId\": \"%s\"}".formatted(id);
    }
}
