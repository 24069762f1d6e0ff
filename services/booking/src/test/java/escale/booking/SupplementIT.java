package escale.booking;

import static escale.booking.PaymentSays.BANK;
import static escale.booking.PaymentSays.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Changes that cost more: the booking stays what it was until its supplement is paid. */
class SupplementIT {
    private static final String FOUR = "{\"people\": 4, \"paymentMethod\": \"pm_card_visa\"}";
    private static final String DECLINED = ", \"reason\": \"insufficient_funds\", \"message\": \"No\"";
    private static final String UNPAID = ", \"cause\": \"provider-500\", \"attempts\": 6, \"proof\": \"UNPAID\"";

    @AutoClose
    private static final ChangeDesk desk = new ChangeDesk();

    /** For four instead of two, on a departure of ten. */
    private record Wish(UUID booking, UUID departure) {
        static Wish pending() {
            var departure = desk.tour(10, 4_500).first();
            var booking = desk.confirmed(departure, 2);
            var answer = desk.change(booking, FOUR);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return new Wish(booking, departure);
        }

        void awaitDropped() {
            await().until(() -> desk.pending(booking) == 0);
            assertThat(desk.people(booking)).isEqualTo(2);
            assertThat(desk.service.status(booking)).isEqualTo("CONFIRMED");
            assertThat(desk.service.seatsLeft(departure)).isEqualTo(8);
        }

        void awaitDone() {
            await().until(() -> desk.people(booking) == 4);
            assertThat(desk.pending(booking)).isZero();
            assertThat(desk.service.seatsLeft(departure)).isEqualTo(6);
        }

        String shown() {
            return desk.service.get("/v1/bookings/" + booking).body();
        }

        void expire() {
            desk.service.update(
                    "update booking_change set expires_at = now() - interval '1 s' where booking_id = ?", booking);
        }
    }

    @Test
    void the_booking_stays_what_it_was_until_the_supplement_is_paid_and_the_seats_are_held() {
        var wish = Wish.pending();
        OpenApi.assertValid("Booking", wish.shown());
        assertThat(wish.shown())
                .contains("\"status\":\"CONFIRMED\"")
                .contains("\"people\":2")
                .contains("\"amount\":9000")
                .contains("\"people\":4")
                .contains("\"supplement\":9000")
                .contains("\"chargeNo\":2");
        assertThat(desk.service.seatsLeft(wish.departure)).isEqualTo(6);
        desk.told.awaitOrders(wish.booking, "requested 1", "requested 2");
        for (var i = 0; i < 3; i++) {
            desk.paid(wish.booking, 2, 2);
        }
        wish.awaitDone();
        assertThat(wish.shown()).contains("\"amount\":18000").doesNotContain("supplement");
        desk.told.awaitEvents(
                wish.booking, "booking.created", "booking.confirmed", "booking.change-requested", "booking.changed");
        desk.paid(wish.booking, 1, 9); // heard anew, of the charge that paid for the booking before
        desk.service.pay(wish.booking, 2, 3, "payment.declined", DECLINED);
        awaitLines(wish, "payment.declined", 1);
        desk.told.awaitOrders(wish.booking, "requested 1", "requested 2");
        assertThat(desk.people(wish.booking)).isEqualTo(4);
    }

    @Test
    void the_seats_of_before_are_free_once_another_departure_is_paid() {
        var tour = desk.tour(10, 6_000);
        var booking = desk.confirmed(tour.first(), 2);
        var answer = desk.change(
                booking, "{\"departureId\": \"%s\", \"paymentMethod\": \"pm_card_visa\"}".formatted(tour.second()));
        assertThat(answer.body()).contains("\"supplement\":3000");
        assertThat(desk.service.seatsLeft(tour.first())).isEqualTo(8);
        assertThat(desk.service.seatsLeft(tour.second())).isEqualTo(8);
        desk.paid(booking, 2, 2);
        await().until(() -> desk.service.seatsLeft(tour.first()) == 10);
        assertThat(desk.service.seatsLeft(tour.second())).isEqualTo(8);
        assertThat(desk.service.get("/v1/bookings/" + booking).body())
                .contains(tour.second().toString())
                .contains("\"amount\":12000");
    }

    @Test
    void a_declined_supplement_drops_the_change_and_another_card_may_try_again() {
        var wish = Wish.pending();
        assertThat(OpenApi.refusal(desk.change(wish.booking, "{\"people\": 1}"), 409))
                .isEqualTo("change-pending");
        desk.service.pay(wish.booking, 2, 2, "payment.declined", DECLINED);
        wish.awaitDropped();
        assertThat(desk.service
                        .get("/v1/bookings/" + wish.booking + "/timeline")
                        .body())
                .contains("booking.change-failed")
                .contains("insufficient_funds");
        assertThat(desk.change(wish.booking, FOUR).statusCode()).isEqualTo(202);
        desk.paid(wish.booking, 3, 2);
        wish.awaitDone();
        desk.told.awaitOrders(wish.booking, "requested 1", "requested 2", "requested 3");
    }

    @Test
    void the_end_of_the_retries_drops_the_change_and_nobody_may_begin_them_again() {
        var wish = Wish.pending();
        desk.service.pay(wish.booking, 2, 7, "payment.exhausted", UNPAID);
        wish.awaitDropped();
        desk.told.awaitOrders(wish.booking, "requested 1", "requested 2", "cancel-requested 2");
        desk.told.awaitEvents(
                wish.booking,
                "booking.created",
                "booking.confirmed",
                "booking.change-requested",
                "booking.change-failed");
    }

    @Test
    void an_unknown_outcome_waits_whatever_the_time_until_it_is_known() {
        var wish = Wish.pending();
        desk.service.pay(wish.booking, 2, 7, "payment.exhausted", UNKNOWN);
        await().until(() -> !wish.shown().contains("expiresAt"));
        assertThat(desk.pending(wish.booking)).isEqualTo(1);
        assertThat(desk.service.seatsLeft(wish.departure)).isEqualTo(6);
        desk.paid(wish.booking, 2, 8);
        wish.awaitDone();
    }

    @Test
    void what_is_not_confirmed_at_the_bank_in_time_is_dropped_and_late_money_goes_back() {
        var wish = Wish.pending();
        for (var i = 0; i < 2; i++) {
            desk.service.pay(wish.booking, 2, 2, "payment.action-required", BANK);
        }
        await().until(() -> wish.shown().contains("https://bank.example/3ds"));
        wish.expire();
        wish.awaitDropped();
        desk.told.awaitOrders(wish.booking, "requested 1", "requested 2", "cancel-requested 2");
        assertThat(OpenApi.refusal(desk.change(wish.booking, FOUR), 409)).isEqualTo("payment-being-verified");
        assertThat(desk.change(wish.booking, "{\"people\": 1}").statusCode()).isEqualTo(200);
        for (var i = 0; i < 2; i++) {
            desk.paid(wish.booking, 2, 3);
        }
        desk.told.awaitOrders(
                wish.booking,
                "requested 1",
                "requested 2",
                "cancel-requested 2",
                "refund-requested 4500",
                "cancel-requested 2");
        desk.refunded(wish.booking, 2, 4, 9_000, 4_500, "change-dropped");
        awaitLines(wish, "payment.refunded", 1);
        assertThat(desk.service.status(wish.booking)).isEqualTo("CONFIRMED");
        assertThat(desk.change(wish.booking, FOUR).statusCode()).isEqualTo(202);
        desk.told.awaitEvents(
                wish.booking,
                "booking.created",
                "booking.confirmed",
                "booking.change-requested",
                "booking.change-action-required",
                "booking.change-failed",
                "booking.changed",
                "booking.refund-pending",
                "booking.change-requested");
    }

    @Test
    void cancelling_while_a_change_waits_frees_all_seats_and_takes_every_charge_back() {
        var wish = Wish.pending();
        var cancelled = desk.cancel(wish.booking, 3);
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(desk.service.seatsLeft(wish.departure)).isEqualTo(10);
        assertThat(desk.pending(wish.booking)).isZero();
        desk.told.awaitOrders(wish.booking, "requested 1", "requested 2", "cancel-requested 1", "cancel-requested 2");
        desk.paid(wish.booking, 2, 2); // it was being charged
        desk.refunded(wish.booking, 1, 3, 9_000, 9_000, "booking-cancelled");
        awaitLines(wish, "payment.refunded", 1);
        assertThat(desk.service.status(wish.booking)).isEqualTo("REFUND_PENDING");
        desk.refunded(wish.booking, 2, 3, 9_000, 0, "booking-cancelled");
        desk.service.awaitStatus(wish.booking, Status.REFUNDED);
        assertThat(desk.people(wish.booking)).isEqualTo(2);
        assertThat(desk.service.seatsLeft(wish.departure)).isEqualTo(10);
    }

    @Test
    void what_a_supplement_paid_for_is_given_up_with_all_its_charges() {
        var wish = Wish.pending();
        desk.paid(wish.booking, 2, 2);
        wish.awaitDone();
        assertThat(desk.cancel(wish.booking, 4).body()).contains("REFUND_PENDING");
        desk.told.awaitOrders(wish.booking, "requested 1", "requested 2", "cancel-requested 1", "cancel-requested 2");
        assertThat(desk.service.seatsLeft(wish.departure)).isEqualTo(10);
        desk.refunded(wish.booking, 2, 3, 9_000, 9_000, "booking-cancelled");
        desk.refunded(wish.booking, 1, 3, 9_000, 0, "booking-cancelled");
        desk.service.awaitStatus(wish.booking, Status.REFUNDED);
    }

    @Test
    void what_is_held_for_a_change_counts_as_the_travellers_own() {
        var departure = desk.tour(200, 4_500).first();
        var booking = desk.confirmed(departure, 10);
        assertThat(desk.change(booking, "{\"people\": 40, \"paymentMethod\": \"pm_card_visa\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(OpenApi.refusal(desk.service.book(departure, 11), 409)).isEqualTo("too-many-seats");
        assertThat(desk.service.book(departure, 10).statusCode()).isEqualTo(202);
    }

    @Test
    void twenty_who_want_one_more_seat_each_share_the_last_three() throws Exception {
        var departure = desk.tour(23, 4_500).first();
        var requests = new ArrayList<Callable<HttpResponse<String>>>();
        for (var i = 0; i < 20; i++) {
            var booking = desk.confirmed(departure, 1);
            requests.add(() -> desk.change(booking, "{\"people\": 2, \"paymentMethod\": \"pm_card_visa\"}"));
        }
        var answers = AtOnce.all(requests);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 202).hasSize(3);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).hasSize(17);
        assertThat(desk.service.seatsLeft(departure)).isZero();
    }

    @Test
    void of_two_supplements_at_once_one_is_ordered() throws Exception {
        for (var i = 0; i < 10; i++) {
            var departure = desk.tour(10, 4_500).first();
            var booking = desk.confirmed(departure, 2);
            var answers =
                    AtOnce.both(() -> desk.change(booking, 2, "a", FOUR), () -> desk.change(booking, 2, "b", FOUR));
            assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(202, 409);
            assertThat(desk.service.seatsLeft(departure)).isEqualTo(6);
            desk.told.awaitOrders(booking, "requested 1", "requested 2");
        }
    }

    /** Whichever is first, the money is either that of the booking, or goes back. */
    @Test
    void of_a_payment_and_the_end_of_its_time_at_once_one_decides() throws Exception {
        for (var i = 0; i < 10; i++) {
            var wish = Wish.pending();
            desk.paid(wish.booking, 2, 2);
            wish.expire();
            await().until(() -> desk.pending(wish.booking) == 0);
            var done = desk.people(wish.booking) == 4;
            assertThat(desk.service.seatsLeft(wish.departure)).isEqualTo(done ? 6 : 8);
            if (done) {
                desk.told.awaitOrders(wish.booking, "requested 1", "requested 2");
            } else {
                desk.told.awaitOrders(
                        wish.booking, "requested 1", "requested 2", "cancel-requested 2", "cancel-requested 2");
            }
        }
    }

    private static void awaitLines(Wish wish, String type, int lines) {
        await().until(() -> desk.service.count(
                        "select count(*) from timeline where booking_id = ? and type = ?", wish.booking, type)
                == lines);
    }
}
