package escale.booking;

import static escale.booking.PayDoor.AMEX;
import static escale.booking.PayDoor.VISA;
import static escale.booking.PaymentSays.DECLINED;
import static escale.booking.PaymentSays.PROVIDER_ID;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import escale.http.identity.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How a reservation is paid, by whom, and how often; two instances share its database. */
class PayBookingIT {
    private static final String MARIE = BookingService.token("marie", Role.TRAVELLER);

    @AutoClose
    private static final PayDesk desk = new PayDesk();

    @AutoClose
    private static final BookingService other = desk.another();

    private static final BookingService service = desk.service;
    private static final Told told = desk.told;

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
        desk.expire(booking);
        return booking;
    }

    private static boolean replayed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers()
                .firstValue("Idempotent-Replayed")
                .map(Boolean::valueOf)
                .orElseThrow();
    }
}
