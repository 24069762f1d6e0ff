package escale.booking;

import static escale.booking.PayDoor.VISA;
import static escale.booking.PaymentSays.DECLINED;
import static escale.booking.PaymentSays.PROVIDER_ID;
import static escale.booking.PaymentSays.UNKNOWN;
import static escale.booking.PaymentSays.UNPAID;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An operator has the traveller sent a link; the test plays payment. */
class SendPayLinkIT {
    private static final String OSKAR = BookingService.token("oskar", Role.OPS_WRITE);
    private static final String MARIE = BookingService.token("marie", Role.TRAVELLER);
    private static final String SENT = "booking.pay-link-sent";

    @AutoClose
    private static final BookingDesk desk = new BookingDesk();

    private static final BookingService service = desk.service;
    private static final Told told = desk.told;

    @Test
    void the_traveller_of_a_case_pays_by_the_link_and_its_old_charge_is_taken_back_with_that() {
        var booking = failedCase();
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k", VISA), 409))
                .isEqualTo("payment-being-verified");
        var sent = send(booking, 2, "link");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        OpenApi.assertValid("Booking", sent.body());
        assertThat(sent.headers().firstValue("ETag")).contains("\"3\"");
        assertThat(sent.body())
                .contains("\"status\":\"PAYMENT_FAILED\"", "\"requiresManualIntervention\":true")
                .doesNotContain("token=");
        told.awaitOrders(booking, "requested 1");

        var paying = PayDoor.payByLink(service, booking, told.token(booking, SENT), "k", VISA);
        assertThat(paying.statusCode()).as(paying.body()).isEqualTo(202);
        assertThat(paying.body())
                .contains("\"status\":\"PENDING_PAYMENT\"", "\"chargeNo\":2", "\"requiresManualIntervention\":false");
        told.awaitOrders(booking, "requested 1", "cancel-requested 1", "requested 2");
        service.pay(booking, 1, 4, "payment.cancelled", "");
        service.pay(booking, 2, 2, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        told.awaitEvents(
                booking,
                "booking.created",
                "booking.payment-failed",
                SENT,
                "booking.payment-requested",
                "booking.confirmed");
        assertThat(service.get("/v1/bookings/" + booking + "/timeline").body()).contains("booking.pay-link-sent");
        assertThat(service.count("select count(*) from pay_link where booking_id = ? and operator = 'oskar'", booking))
                .isEqualTo(1);
    }

    @Test
    void money_of_a_case_that_comes_after_its_link_was_paid_goes_back() {
        var booking = failedCase();
        send(booking, 2, "link");
        PayDoor.payByLink(service, booking, told.token(booking, SENT), "k", VISA);
        service.pay(booking, 1, 5, "payment.succeeded", PROVIDER_ID);
        told.awaitOrders(booking, "requested 1", "cancel-requested 1", "requested 2", "cancel-requested 1");
        assertThat(service.status(booking)).isEqualTo("PENDING_PAYMENT");
        service.pay(booking, 2, 2, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        service.pay(
                booking,
                1,
                6,
                "payment.refunded",
                ", \"refundId\": \"" + UUID.randomUUID() + "\", \"refundAmount\": 9000, \"remaining\": 9000,"
                        + " \"reason\": \"superseded-charge\"");
        await().until(() ->
                service.get("/v1/bookings/" + booking + "/timeline").body().contains("payment.refunded"));
        assertThat(service.status(booking)).isEqualTo("CONFIRMED");
    }

    @Test
    void a_case_that_is_retried_with_success_before_its_link_is_paid_is_confirmed_and_the_link_charges_nothing() {
        var booking = failedCase();
        send(booking, 2, "link");
        service.pay(booking, 1, 5, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, booking, told.token(booking, SENT), "k", VISA), 409))
                .isEqualTo("already-paid");
        told.awaitOrders(booking, "requested 1");
    }

    @Test
    void after_a_decline_a_further_link_holds_the_seats_for_as_long_as_it_is_good_and_replaces_none() {
        var booking = service.booked(service.departure(5), 1);
        service.pay(booking, 1, 2, "payment.declined", DECLINED);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        var before = expiry(booking);
        assertThat(send(booking, 2, "link").statusCode()).isEqualTo(202);
        assertThat(expiry(booking)).isAfter(before.plus(Duration.ofHours(23)));
        var first = told.token(booking, "booking.payment-failed");
        assertThat(PayDoor.payByLink(service, booking, told.token(booking, SENT), "k", VISA)
                        .statusCode())
                .isEqualTo(202);
        told.awaitOrders(booking, "requested 1", "requested 2");
        service.pay(booking, 2, 2, "payment.declined", DECLINED);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, booking, first, "k2", VISA), 403))
                .isEqualTo("pay-link-used");
    }

    @Test
    void no_seats_are_held_beyond_the_departure_nor_shorter_than_before() {
        var booking = Facts.booking(Status.PAYMENT_FAILED);
        assertThat(SendPayLink.holdUntil(booking, Facts.NOW))
                .isEqualTo(booking.trip().startsAt());
        var departure = service.departure(UUID.randomUUID(), 5, Instant.now().plus(Duration.ofHours(3)));
        var soon = service.booked(departure, 1);
        service.pay(soon, 1, 2, "payment.declined", DECLINED);
        service.awaitStatus(soon, Status.PAYMENT_FAILED);
        send(soon, 2, "link");
        assertThat(service.count(
                        "select count(*) from booking b join departure d on d.id = departure_id where b.id = ?"
                                + " and expires_at = starts_at",
                        soon))
                .isEqualTo(1);
    }

    @Test
    void no_link_is_sent_while_nobody_knows_what_became_of_a_charge() {
        var booking = service.booked(service.departure(5), 1);
        assertThat(OpenApi.refusal(send(booking, 1, "k"), 409)).isEqualTo("payment-being-verified");
        service.pay(booking, 1, 2, "payment.exhausted", UNKNOWN);
        await().until(() ->
                service.get("/v1/bookings/" + booking).body().contains("\"requiresManualIntervention\":true"));
        assertThat(OpenApi.refusal(send(booking, 2, "k"), 409)).isEqualTo("payment-being-verified");
        service.pay(booking, 1, 3, "payment.exhausted", UNPAID);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        assertThat(send(booking, 3, "k").statusCode()).isEqualTo(202);
    }

    @Test
    void what_is_paid_over_or_gone_is_sent_no_link() {
        var paid = service.booked(service.departure(5), 1);
        service.succeed(paid);
        service.awaitStatus(paid, Status.CONFIRMED);
        assertThat(OpenApi.refusal(send(paid, 2, "k"), 409)).isEqualTo("already-paid");
        service.call("POST", "/v1/bookings/" + paid + "/cancel", MARIE, "", "If-Match", "\"2\"");
        assertThat(OpenApi.refusal(send(paid, 4, "k"), 409)).isEqualTo("booking-over");
        var late = failedCase();
        service.update("update booking set expires_at = now() - interval '1 s' where id = ?", late);
        service.awaitStatus(late, Status.EXPIRED);
        assertThat(OpenApi.refusal(send(late, 3, "k"), 410)).isEqualTo("reservation-expired");
        assertThat(OpenApi.refusal(send(UUID.randomUUID(), 1, "k"), 404)).isEqualTo("unknown-booking");
    }

    @Test
    void of_many_who_want_a_link_at_once_one_has_it_sent_and_its_key_sends_no_second_one() throws Exception {
        var booking = failedCase();
        var answers = AtOnce.clients(20, i -> send(booking, 2, "key-" + i));
        assertThat(answers.stream().collect(groupingBy(HttpResponse::statusCode, counting())))
                .isEqualTo(Map.of(202, 1L, 412, 19L));
        var again = AtOnce.clients(20, i -> send(booking, 3, "again"));
        assertThat(again).allMatch(answer -> answer.statusCode() == 202);
        assertThat(again.stream()
                        .filter(answer -> answer.headers()
                                .firstValue("Idempotent-Replayed")
                                .orElseThrow()
                                .equals("false")))
                .hasSize(1);
        told.awaitEvents(booking, "booking.created", "booking.payment-failed", SENT, SENT);
    }

    @Test
    void whoever_does_not_say_which_booking_they_saw_or_under_which_key_sends_nothing() {
        var booking = failedCase();
        var path = "/v1/bookings/" + booking + "/pay-link";
        assertThat(OpenApi.refusal(service.call("POST", path, OSKAR, "", "Idempotency-Key", "k"), 428))
                .isEqualTo("if-match-missing");
        assertThat(OpenApi.refusal(service.call("POST", path, OSKAR, "", "If-Match", "\"2\""), 400))
                .isEqualTo("idempotency-key-missing");
        assertThat(OpenApi.refusal(send(booking, 1, "k"), 412)).isEqualTo("stale-version");
    }

    private static UUID failedCase() {
        var booking = service.booked(service.departure(5), 2);
        service.pay(booking, 1, 2, "payment.exhausted", UNPAID);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        return booking;
    }

    private static HttpResponse<String> send(UUID booking, int seen, String key) {
        return service.call(
                "POST",
                "/v1/bookings/" + booking + "/pay-link",
                OSKAR,
                "",
                "If-Match",
                "\"" + seen + "\"",
                "Idempotency-Key",
                key);
    }

    private static Instant expiry(UUID booking) {
        return Instant.parse(
                service.get("/v1/bookings/" + booking).body().replaceAll(".*\"expiresAt\":\"([^\"]+)\".*", "$1"));
    }
}
