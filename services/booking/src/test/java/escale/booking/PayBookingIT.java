package escale.booking;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.testkit.Postgres;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Payment is away all the time here, so every booking begins as a reservation; two instances share its database. */
class PayBookingIT {
    private static final String MARIE = BookingService.token("marie", Role.TRAVELLER);
    private static final String VISA = "{\"paymentMethod\": \"pm_card_visa\"}";
    private static final String AMEX = "{\"paymentMethod\": \"pm_card_amex\"}";
    private static final String PROVIDER_ID = ", \"providerPaymentId\": \"pi_1\"";
    private static final String DECLINED = ", \"reason\": \"expired_card\", \"message\": \"No\"";
    private static PaymentDoor payment;
    private static BookingService service;
    private static BookingService other;
    private static Told told;

    @BeforeAll
    static void start() {
        payment = new PaymentDoor();
        payment.outage(UUID.randomUUID());
        var database = Postgres.freshDatabase("booking");
        var settings = Map.<String, Object>of(
                "escale.payment.url",
                payment.url(),
                "escale.payment.every",
                "50ms",
                "escale.payment.timeout",
                "60s",
                "escale.pay-later.patience",
                "1ms");
        service = BookingService.start(database, settings);
        other = BookingService.start(database, settings);
        for (var instance : List.of(service, other)) {
            await().until(() -> instance.bean(PayLater.class).holds());
        }
        told = new Told(service);
    }

    @AfterAll
    static void stop() {
        told.close();
        service.close();
        other.close();
        payment.close();
    }

    @Test
    void a_reservation_is_paid_by_its_traveller_and_confirmed() {
        var departure = service.departure(5);
        var booking = service.booked(departure, 2);
        var paying = PayDoor.pay(service, booking, MARIE, "k", VISA);
        assertThat(paying.statusCode()).as(paying.body()).isEqualTo(202);
        OpenApi.assertValid("Booking", paying.body());
        assertThat(paying.body())
                .contains("\"status\":\"PENDING_PAYMENT\"")
                .contains("\"chargeNo\":1")
                .contains("\"paymentMethod\":\"DEFERRED\"")
                .contains("\"version\":2")
                .doesNotContain("expiresAt")
                .doesNotContain("reason");
        assertThat(paying.headers().firstValue("Idempotent-Replayed")).contains("false");
        assertThat(service.seatsLeft(departure)).isEqualTo(3);
        told.awaitOrders(booking, "requested 1");
        service.pay(booking, 1, 2, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        told.awaitEvents(booking, "booking.reserved", "booking.payment-requested", "booking.confirmed");
        assertThat(service.get("/v1/bookings/" + booking + "/timeline").body())
                .contains("booking.reserved")
                .contains("booking.payment-requested");
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", VISA), 409))
                .isEqualTo("already-paid");
    }

    @Test
    void whoever_holds_the_link_pays_without_signing_in() {
        var booking = service.booked(service.departure(5), 1);
        var paying = PayDoor.payByLink(service, booking, told.token(booking, "booking.reserved"), "k", VISA);
        assertThat(paying.statusCode()).as(paying.body()).isEqualTo(202);
        told.awaitOrders(booking, "requested 1");
    }

    @Test
    void a_reservation_whose_mail_got_lost_is_paid_by_another_link() {
        var booking = service.booked(service.departure(5), 1);
        var oskar = BookingService.token("oskar", Role.OPS_WRITE);
        var path = "/v1/bookings/" + booking + "/pay-link";
        var sent = service.call("POST", path, oskar, "", "If-Match", "\"1\"", "Idempotency-Key", "k");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        assertThat(sent.body()).contains("\"status\":\"RESERVED_PENDING_PAYMENT\"");
        var token = told.token(booking, "booking.pay-link-sent");
        assertThat(PayDoor.payByLink(service, booking, token, "k", VISA).statusCode())
                .isEqualTo(202);
        told.awaitOrders(booking, "requested 1");
    }

    @Test
    void a_link_opens_its_own_booking_only_and_no_forged_one_opens_any() {
        var booking = service.booked(service.departure(5), 1);
        var another = service.booked(service.departure(5), 1);
        var token = told.token(booking, "booking.reserved");
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, another, token, "k", VISA), 401))
                .isEqualTo("pay-link-invalid");
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, booking, "nonsense", "k", VISA), 401))
                .isEqualTo("pay-link-invalid");
        var forged = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, booking, forged, "k", VISA), 401))
                .isEqualTo("pay-link-invalid");
        assertThat(service.status(another)).isEqualTo("RESERVED_PENDING_PAYMENT");
    }

    @Test
    void a_link_is_good_for_one_charge_and_after_a_decline_its_traveller_tries_another_card() {
        var booking = service.booked(service.departure(5), 1);
        var token = told.token(booking, "booking.reserved");
        PayDoor.payByLink(service, booking, token, "k", VISA);
        service.pay(booking, 1, 2, "payment.declined", DECLINED);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, booking, token, "k2", VISA), 403))
                .isEqualTo("pay-link-used");
        var again = PayDoor.payByLink(service, booking, told.token(booking, "booking.payment-failed"), "k2", AMEX);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(again.body()).contains("\"chargeNo\":2").contains("\"attempts\":0");
        told.awaitOrders(booking, "requested 1", "requested 2");
        service.pay(booking, 1, 3, "payment.declined", DECLINED);
        service.pay(booking, 2, 2, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(booking, Status.CONFIRMED);
        told.awaitEvents(
                booking,
                "booking.reserved",
                "booking.payment-requested",
                "booking.payment-failed",
                "booking.payment-requested",
                "booking.confirmed");
    }

    @Test
    void the_same_key_is_the_same_payment_whatever_has_happened_since() {
        var booking = service.booked(service.departure(5), 1);
        PayDoor.pay(service, booking, MARIE, "k", VISA);
        assertThat(replayed(PayDoor.pay(service, booking, MARIE, "k", VISA))).isTrue();
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k", AMEX), 422))
                .isEqualTo("idempotency-key-reused");
        service.pay(booking, 1, 2, "payment.declined", DECLINED);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        PayDoor.pay(service, booking, MARIE, "k2", AMEX);
        var late = PayDoor.pay(service, booking, MARIE, "k", VISA);
        assertThat(replayed(late)).isTrue();
        assertThat(late.body()).contains("\"chargeNo\":2");
        told.awaitOrders(booking, "requested 1", "requested 2");
    }

    @Test
    void of_many_who_pay_at_once_on_two_instances_one_orders_the_charge() throws Exception {
        var booking = service.booked(service.departure(5), 1);
        var token = told.token(booking, "booking.reserved");
        var answers = AtOnce.clients(40, i -> {
            var instance = i % 2 == 0 ? service : other;
            return i % 4 < 2
                    ? PayDoor.pay(instance, booking, MARIE, "key-" + i, VISA)
                    : PayDoor.payByLink(instance, booking, token, "key-" + i, VISA);
        });
        assertThat(answers.stream().collect(groupingBy(HttpResponse::statusCode, counting())))
                .isEqualTo(Map.of(202, 1L, 409, 39L));
        told.awaitOrders(booking, "requested 1");
        assertThat(service.count("select version from booking where id = ?", booking))
                .isEqualTo(2);
    }

    @Test
    void one_key_many_times_at_once_is_one_payment() throws Exception {
        var booking = service.booked(service.departure(5), 1);
        var answers = AtOnce.clients(20, i -> PayDoor.pay(i % 2 == 0 ? service : other, booking, MARIE, "k", VISA));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
        assertThat(answers.stream().filter(answer -> !replayed(answer))).hasSize(1);
        told.awaitOrders(booking, "requested 1");
    }

    @Test
    void nothing_is_charged_while_the_outcome_of_an_earlier_charge_is_open() {
        var booking = service.booked(service.departure(5), 1);
        PayDoor.pay(service, booking, MARIE, "k", VISA);
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", AMEX), 409))
                .isEqualTo("payment-being-verified");
        service.pay(
                booking,
                1,
                2,
                "payment.exhausted",
                ", \"cause\": \"read-timeout\", \"attempts\": 6, \"proof\": \"UNKNOWN\"");
        await().until(() ->
                service.get("/v1/bookings/" + booking).body().contains("\"requiresManualIntervention\":true"));
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", AMEX), 409))
                .isEqualTo("payment-being-verified");
        service.pay(
                booking,
                1,
                3,
                "payment.exhausted",
                ", \"cause\": \"read-timeout\", \"attempts\": 6, \"proof\": \"UNPAID\"");
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", AMEX), 409))
                .as("a case, whose retries an operator may begin again")
                .isEqualTo("payment-being-verified");
        told.awaitOrders(booking, "requested 1");
    }

    @Test
    void who_must_confirm_at_the_bank_is_charged_nothing_else_meanwhile() {
        var booking = service.booked(service.departure(5), 1);
        PayDoor.pay(service, booking, MARIE, "k", VISA);
        service.pay(
                booking,
                1,
                2,
                "payment.action-required",
                ", \"link\": \"https://bank.example/3ds\", \"expiresAt\": \"2099-05-04T08:45:31Z\"");
        service.awaitStatus(booking, Status.ACTION_REQUIRED);
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", AMEX), 409))
                .isEqualTo("payment-being-verified");
    }

    @Test
    void after_its_time_a_reservation_cannot_be_paid_though_its_link_is_genuine() {
        var departure = service.departure(5);
        var booking = service.booked(departure, 2);
        var token = told.token(booking, "booking.reserved");
        expire(booking);
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k", VISA), 410))
                .isEqualTo("reservation-expired");
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, booking, token, "k", VISA), 410))
                .isEqualTo("reservation-expired");
        assertThat(service.seatsLeft(departure)).isEqualTo(5);
    }

    @Test
    void a_link_whose_time_is_over_opens_nothing() {
        var booking = service.booked(service.departure(5), 1);
        var late = service.bean(PayLinks.class)
                .token(new PayLinks.Permission(booking, 1, Instant.now().minusSeconds(1)));
        assertThat(OpenApi.refusal(PayDoor.payByLink(service, booking, late, "k", VISA), 410))
                .isEqualTo("reservation-expired");
        assertThat(service.status(booking)).isEqualTo("RESERVED_PENDING_PAYMENT");
    }

    @Test
    void what_was_given_up_or_has_left_cannot_be_paid() {
        var cancelled = service.booked(service.departure(5), 1);
        service.call("POST", "/v1/bookings/" + cancelled + "/cancel", MARIE, "", "If-Match", "\"1\"");
        assertThat(OpenApi.refusal(PayDoor.pay(service, cancelled, MARIE, "k", VISA), 409))
                .isEqualTo("booking-over");
        var departure = service.departure(5);
        var left = service.booked(departure, 1);
        service.update("update departure set starts_at = now() - interval '1 s' where id = ?", departure);
        assertThat(OpenApi.refusal(PayDoor.pay(service, left, MARIE, "k", VISA), 409))
                .isEqualTo("departure-left");
        assertThat(OpenApi.refusal(PayDoor.pay(service, UUID.randomUUID(), MARIE, "k", VISA), 404))
                .isEqualTo("unknown-booking");
    }

    @Test
    void a_request_that_makes_no_sense_orders_nothing() {
        var booking = service.booked(service.departure(5), 1);
        assertThat(OpenApi.refusal(
                        PayDoor.pay(service, booking, MARIE, "k", "{\"paymentMethod\": \"pm_4242424242424242\"}"), 400))
                .isEqualTo("invalid-request");
        assertThat(OpenApi.refusal(service.call("POST", PayDoor.path(booking), MARIE, VISA), 400))
                .isEqualTo("idempotency-key-missing");
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k", "{}"), 400))
                .isEqualTo("invalid-request");
        assertThat(service.status(booking)).isEqualTo("RESERVED_PENDING_PAYMENT");
    }

    @Test
    void money_of_a_later_payment_that_comes_after_the_expiry_buys_the_seats_again_or_goes_back() {
        var departure = service.departure(2);
        var lucky = declinedAndExpired(departure);
        service.pay(lucky, 1, 9, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(lucky, Status.CONFIRMED);
        var unlucky = declinedAndExpired(departure);
        service.booked(departure, 1);
        service.pay(unlucky, 1, 9, "payment.succeeded", PROVIDER_ID);
        service.awaitStatus(unlucky, Status.REFUND_PENDING);
        told.awaitOrders(unlucky, "requested 1", "cancel-requested 1");
        assertThat(service.seatsLeft(departure)).isZero();
    }

    private static UUID declinedAndExpired(UUID departure) {
        var booking = service.booked(departure, 1);
        PayDoor.pay(service, booking, MARIE, "k", VISA);
        service.pay(booking, 1, 2, "payment.declined", DECLINED);
        service.awaitStatus(booking, Status.PAYMENT_FAILED);
        expire(booking);
        return booking;
    }

    private static void expire(UUID booking) {
        service.update("update booking set expires_at = now() - interval '1 s' where id = ?", booking);
        service.awaitStatus(booking, Status.EXPIRED);
    }

    private static boolean replayed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers()
                .firstValue("Idempotent-Replayed")
                .map(Boolean::valueOf)
                .orElseThrow();
    }
}
