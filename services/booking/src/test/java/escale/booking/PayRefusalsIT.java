package escale.booking;

import static escale.booking.PayDoor.AMEX;
import static escale.booking.PayDoor.VISA;
import static escale.booking.PaymentSays.BANK;
import static escale.booking.PaymentSays.UNKNOWN;
import static escale.booking.PaymentSays.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What cannot be paid, or not by this link, or not now: nothing is ordered for it. */
class PayRefusalsIT {
    private static final String MARIE = BookingService.token("marie", Role.TRAVELLER);

    @AutoClose
    private static final PayDesk desk = new PayDesk();

    private static final BookingService service = desk.service;
    private static final Told told = desk.told;

    @Test
    void nothing_is_charged_while_the_outcome_of_an_earlier_charge_is_open() {
        var booking = service.booked(service.departure(5), 1);
        PayDoor.pay(service, booking, MARIE, "k", VISA);
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", AMEX), 409))
                .isEqualTo("payment-being-verified");
        service.pay(booking, 1, 2, "payment.exhausted", UNKNOWN);
        await().until(() ->
                service.get("/v1/bookings/" + booking).body().contains("\"requiresManualIntervention\":true"));
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", AMEX), 409))
                .isEqualTo("payment-being-verified");
        service.pay(booking, 1, 3, "payment.exhausted", UNPAID);
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
        service.pay(booking, 1, 2, "payment.action-required", BANK);
        service.awaitStatus(booking, Status.ACTION_REQUIRED);
        assertThat(OpenApi.refusal(PayDoor.pay(service, booking, MARIE, "k2", AMEX), 409))
                .isEqualTo("payment-being-verified");
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
    void after_its_time_a_reservation_cannot_be_paid_though_its_link_is_genuine() {
        var departure = service.departure(5);
        var booking = service.booked(departure, 2);
        var token = told.token(booking, "booking.reserved");
        desk.expire(booking);
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
}
