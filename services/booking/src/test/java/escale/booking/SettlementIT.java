package escale.booking;

import static escale.booking.PaymentSays.BANK;
import static escale.booking.PaymentSays.DECLINED;
import static escale.booking.PaymentSays.PROVIDER_ID;
import static escale.booking.PaymentSays.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SettlementIT {
    private static final String MARIE = BookingService.token("marie", Role.TRAVELLER);

    @AutoClose
    private static final BookingDesk desk = new BookingDesk();

    private static final BookingService service = desk.service;
    private static final Told told = desk.told;

    @Test
    void a_declined_card_leaves_half_an_hour_for_another_one_and_then_the_seats_are_free() {
        var departure = service.departure(4);
        var booking = service.booked(departure, 3);
        service.pay(booking, 1, 2, "payment.declined", DECLINED);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        assertThat(service.get("/v1/bookings/" + booking).body())
                .contains("\"reason\":\"expired_card\"")
                .contains("expiresAt")
                .contains("\"requiresManualIntervention\":false");
        assertThat(service.seatsLeft(departure)).isEqualTo(1);
        expire(booking);
        assertThat(service.seatsLeft(departure)).isEqualTo(4);
        told.awaitEvents(booking, "booking.created", "booking.payment-failed", "booking.expired");
    }

    @Test
    void the_end_of_the_retries_is_a_case_and_what_pays_it_after_all_confirms_it() {
        var booking = service.booked(service.departure(2), 1);
        service.pay(
                booking,
                1,
                7,
                "payment.exhausted",
                ", \"cause\": \"provider-500\", \"attempts\": 6, \"proof\": \"UNPAID\"");
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        assertThat(service.get("/v1/bookings/" + booking).body())
                .contains("\"requiresManualIntervention\":true")
                .contains("retries-exhausted");
        service.pay(booking, 1, 9, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        assertThat(service.get("/v1/bookings/" + booking).body())
                .contains("\"requiresManualIntervention\":false")
                .doesNotContain("expiresAt");
    }

    @Test
    void an_unknown_outcome_is_no_failure_it_waits_for_people_and_keeps_its_seats() {
        var departure = service.departure(2);
        var booking = service.booked(departure, 1);
        for (var i = 0; i < 3; i++) {
            service.pay(booking, 1, 7, "payment.exhausted", UNKNOWN);
        }
        told.awaitEvents(booking, "booking.created", "booking.needs-attention");
        service.succeed(booking);
        service.awaitStatus(booking, Status.CONFIRMED);
        told.awaitEvents(booking, "booking.created", "booking.needs-attention", "booking.confirmed");
        assertThat(service.seatsLeft(departure)).isEqualTo(1);
    }

    @Test
    void the_bank_asks_the_traveller_and_what_is_not_confirmed_in_time_is_taken_back() {
        var departure = service.departure(2);
        var booking = service.booked(departure, 1);
        service.pay(booking, 1, 2, "payment.action-required", BANK);
        service.awaitStatus(booking, Status.ACTION_REQUIRED);
        assertThat(service.get("/v1/bookings/" + booking).body()).contains("https://bank.example/3ds");
        expire(booking);
        told.awaitOrders(booking, "requested 1", "cancel-requested 1");
        assertThat(service.seatsLeft(departure)).isEqualTo(2);
    }

    @Test
    void failed_attempts_are_lines_of_the_timeline_and_change_no_version() {
        var booking = service.booked(service.departure(2), 1);
        for (var version : List.of(2, 3, 3, 2)) {
            service.pay(
                    booking,
                    1,
                    version,
                    "payment.attempt-failed",
                    ", \"cause\": \"provider-500\", \"nextAttemptAt\": \"2026-05-04T08:15:31.902Z\"");
        }
        await().until(() -> service.count("select count(*) from timeline where booking_id = ?", booking) == 2);
        assertThat(service.get("/v1/bookings/" + booking + "/timeline").body())
                .contains("payment.attempt-failed")
                .contains("provider-500")
                .contains("nextAttemptAt")
                .contains("\"offset\":17");
        assertThat(service.get("/v1/bookings/" + booking).body())
                .contains("\"version\":1")
                .contains("\"attempts\":1");
        OpenApi.assertValid(
                "Timeline", service.get("/v1/bookings/" + booking + "/timeline").body());
        var again = service.call("GET", "/v1/bookings/" + booking, MARIE, "", "If-None-Match", "\"1\"");
        assertThat(again.statusCode()).isEqualTo(200);
    }

    @Test
    void money_for_an_expired_booking_buys_its_seats_again_while_there_are_any() {
        var departure = service.departure(2);
        var booking = expired(departure, 2);
        service.pay(booking, 1, 9, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        assertThat(service.seatsLeft(departure)).isZero();
        told.awaitEvents(booking, "booking.created", "booking.payment-failed", "booking.expired", "booking.confirmed");
    }

    @Test
    void money_confirmed_at_the_bank_too_late_goes_back_though_there_are_seats_for_its_charge_was_taken_back() {
        var departure = service.departure(2);
        var booking = service.booked(departure, 2);
        service.pay(booking, 1, 2, "payment.action-required", BANK);
        service.awaitStatus(booking, Status.ACTION_REQUIRED);
        expire(booking);
        service.pay(booking, 1, 3, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.REFUND_PENDING);
        assertThat(service.seatsLeft(departure)).isEqualTo(2);
        refund(booking, 4);
    }

    @Test
    void money_for_an_expired_booking_goes_back_when_its_seats_are_gone() {
        var departure = service.departure(2);
        var booking = expired(departure, 2);
        service.booked(departure, 1);
        for (var i = 0; i < 3; i++) {
            service.pay(booking, 1, 9, "payment.succeeded", PROVIDER_ID);
        }
        service.awaitStatus(booking, Status.REFUND_PENDING);
        told.awaitOrders(booking, "requested 1", "cancel-requested 1");
        assertThat(service.seatsLeft(departure)).isEqualTo(1);
        refund(booking, 10);
        told.awaitEvents(
                booking,
                "booking.created",
                "booking.payment-failed",
                "booking.expired",
                "booking.refund-pending",
                "booking.refunded");
    }

    @Test
    void cancelling_frees_the_seats_and_takes_the_charge_back_and_money_that_came_anyway_is_refunded() {
        var departure = service.departure(3);
        var booking = service.booked(departure, 2);
        var cancelled = cancel(booking, 1);
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(cancelled.body()).contains("\"status\":\"CANCELLED\"");
        assertThat(cancelled.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(service.seatsLeft(departure)).isEqualTo(3);
        told.awaitOrders(booking, "requested 1", "cancel-requested 1");
        service.succeed(booking);
        service.awaitStatus(booking, Status.REFUND_PENDING);
        told.awaitOrders(booking, "requested 1", "cancel-requested 1", "cancel-requested 1");
        refund(booking, 3);
        assertThat(service.seatsLeft(departure)).isEqualTo(3);
    }

    @Test
    void cancelling_what_is_paid_orders_its_refund_in_the_same_breath() {
        var departure = service.departure(3);
        var booking = service.booked(departure, 2);
        service.succeed(booking);
        service.awaitStatus(booking, Status.CONFIRMED);
        assertThat(cancel(booking, 1).statusCode()).isEqualTo(412);
        var cancelled = cancel(booking, 2);
        assertThat(cancelled.body()).contains("REFUND_PENDING");
        assertThat(cancel(booking, 4).body()).contains("booking-over");
        told.awaitEvents(
                booking, "booking.created", "booking.confirmed", "booking.cancelled", "booking.refund-pending");
        told.awaitOrders(booking, "requested 1", "cancel-requested 1");
        refund(booking, 3);
        assertThat(service.seatsLeft(departure)).isEqualTo(3);
    }

    @Test
    void money_of_an_earlier_charge_goes_back_once_and_leaves_the_booking_alone() {
        var booking = service.booked(service.departure(3), 2);
        service.update("update booking set charge_no = 2 where id = ?", booking);
        for (var i = 0; i < 3; i++) {
            service.pay(booking, 1, 4, "payment.succeeded", PROVIDER_ID);
        }
        service.pay(booking, 2, 2, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        told.awaitOrders(booking, "requested 1", "cancel-requested 1");
    }

    @Test
    void what_nobody_can_read_or_place_is_laid_aside_and_holds_nothing_up() {
        var nobody = UUID.randomUUID();
        var booking = service.booked(service.departure(2), 1);
        service.tell("payment.events", booking.toString(), "payment.succeeded", "not json".getBytes());
        service.tell("payment.events", booking.toString(), "payment.news-from-the-future", "{}".getBytes());
        service.tell("payment.events", "outage", "payment.outage-started", Contracts.example("payment.outage-started"));
        service.succeed(nobody);
        service.succeed(booking);
        service.awaitStatus(booking, Status.CONFIRMED);
        try (var letters = Kafka.topics().probe("booking.dlt")) {
            letters.awaitMatching(letter -> nobody.toString().equals(letter.key()));
            letters.awaitMatching(letter -> letter.text().equals("not json"));
        }
    }

    private static UUID expired(UUID departure, int people) {
        var booking = service.booked(departure, people);
        service.pay(booking, 1, 2, "payment.declined", DECLINED);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        expire(booking);
        return booking;
    }

    private static void expire(UUID booking) {
        service.update("update booking set expires_at = now() - interval '1 s' where id = ?", booking);
        service.awaitStatus(booking, Status.EXPIRED);
    }

    private static void refund(UUID booking, int version) {
        service.pay(
                booking,
                1,
                version,
                "payment.refunded",
                ", \"refundId\": \"019e4642-2300-7f9e-80be-dbc48e81973e\", \"refundAmount\": 9000");
        service.awaitStatus(booking, Status.REFUNDED);
    }

    private static HttpResponse<String> cancel(UUID booking, int version) {
        return service.call(
                "POST", "/v1/bookings/" + booking + "/cancel", MARIE, "", "If-Match", "\"" + version + "\"");
    }
}
