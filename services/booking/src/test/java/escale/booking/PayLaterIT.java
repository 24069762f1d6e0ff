package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import escale.testkit.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PayLaterIT {
    private static final String MARIE = BookingService.token("marie", Role.TRAVELLER);
    private static PaymentDoor payment;
    private static BookingService service;
    private static TopicProbe events;
    private static TopicProbe payments;

    @BeforeAll
    static void start() {
        payment = new PaymentDoor();
        service = BookingService.start(
                Postgres.freshDatabase("booking"),
                Map.of(
                        "escale.payment.url", payment.url(),
                        "escale.payment.every", "50ms",
                        "escale.payment.timeout", "60s",
                        "escale.pay-later.patience", "200ms"));
        events = Kafka.topics().probe("booking.events");
        payments = Kafka.topics().probe("payments");
    }

    @AfterAll
    static void stop() {
        events.close();
        payments.close();
        service.close();
        payment.close();
    }

    @BeforeEach
    void payment_is_away() {
        payment.outage(UUID.randomUUID());
        awaitPayLater(true);
    }

    private static void awaitPayLater(boolean holds) {
        await().until(() -> service.bean(PayLater.class).holds() == holds);
    }

    @Test
    void while_payment_is_away_seats_are_held_for_a_day_and_nothing_is_ordered_from_payment() {
        var departure = service.departure(5);
        var before = Instant.now();
        var answer = service.book(departure, 2);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        OpenApi.assertValid("Booking", answer.body());
        assertThat(answer.body())
                .contains("\"status\":\"RESERVED_PENDING_PAYMENT\"")
                .contains("\"paymentMethod\":\"DEFERRED\"")
                .contains("\"chargeNo\":0")
                .contains("\"reason\":\"payment-unavailable\"")
                .contains("\"message\":\"Réservation créée. Vous recevrez un lien de paiement par email sous peu.\"")
                .doesNotContain("\"paymentId\"");
        assertThat(service.seatsLeft(departure)).isEqualTo(3);
        var booking = BookingService.id(answer);
        assertThat(expiry(booking))
                .isBetween(
                        before.minusMillis(1).plus(Duration.ofHours(24)),
                        Instant.now().plus(Duration.ofHours(24)));

        var reserved = events.awaitMatching(record -> booking.toString().equals(record.key()));
        assertThat(reserved.headers()).containsEntry("ce_type", "booking.reserved");
        Contracts.assertValid("booking.reserved", reserved.value());
        assertThat(reserved.text()).contains("/bookings/" + booking + "/pay?token=");
        var timeline = service.get("/v1/bookings/" + booking + "/timeline").body();
        OpenApi.assertValid("Timeline", timeline);
        assertThat(timeline).contains("booking.reserved").doesNotContain("booking.created");
        assertThat(payments.records()).noneMatch(record -> booking.toString().equals(record.key()));
    }

    @Test
    void the_same_key_is_the_same_reservation_also_when_payment_is_back() {
        var departure = service.departure(5);
        var body = BookingService.body(departure, 2);
        var key = UUID.randomUUID().toString();
        var first = service.book(MARIE, key, body);
        payment.available();
        awaitPayLater(false);
        var again = service.book(MARIE, key, body);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(service.seatsLeft(departure)).isEqualTo(3);
    }

    @Test
    void who_booked_in_english_is_answered_in_english() {
        var body = BookingService.body(service.departure(5), 1).replace("\"fr\"", "\"en\"");
        assertThat(service.book(MARIE, UUID.randomUUID().toString(), body).body())
                .contains("Booking created. You will shortly receive a payment link by email.");
    }

    @Test
    void no_reservation_outlasts_its_departure() {
        var soon = Instant.now().plus(Duration.ofHours(3));
        var departure = service.departure(UUID.randomUUID(), 5, soon);
        assertThat(expiry(service.booked(departure, 1))).isBetween(soon.minusMillis(1), soon.plusMillis(1));
    }

    @Test
    void what_was_accepted_before_confirms_by_itself_and_who_comes_after_the_outage_pays_at_once() {
        payment.available();
        awaitPayLater(false);
        var departure = service.departure(5);
        var before = service.booked(departure, 1);
        payment.outage(UUID.randomUUID());
        awaitPayLater(true);
        var during = service.booked(departure, 1);
        payment.available();
        awaitPayLater(false);
        var after = service.booked(departure, 1);
        service.succeed(before);
        service.awaitStatus(before, Status.CONFIRMED);
        assertThat(service.status(during)).isEqualTo("RESERVED_PENDING_PAYMENT");
        assertThat(service.status(after)).isEqualTo("PENDING_PAYMENT");
    }

    @Test
    void who_does_not_pay_in_time_loses_the_seats() {
        var departure = service.departure(5);
        var booking = service.booked(departure, 2);
        service.update("update booking set expires_at = now() - interval '1 s' where id = ?", booking);
        service.awaitStatus(booking, Status.EXPIRED);
        assertThat(service.seatsLeft(departure)).isEqualTo(5);
        var expired = events.awaitMatching(record ->
                booking.toString().equals(record.key()) && record.headers().containsValue("booking.expired"));
        Contracts.assertValid("booking.expired", expired.value());
        assertThat(expired.text()).contains("\"expiredFrom\":\"RESERVED_PENDING_PAYMENT\"");
    }

    @Test
    void a_reservation_can_be_cancelled_and_there_is_no_charge_to_take_back() {
        var departure = service.departure(5);
        var booking = service.booked(departure, 2);
        var cancelled = service.call("POST", "/v1/bookings/" + booking + "/cancel", MARIE, "", "If-Match", "\"1\"");
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(service.seatsLeft(departure)).isEqualTo(5);
        await().until(() -> service.count("select count(*) from outbox") == 0);
        assertThat(payments.records()).noneMatch(record -> booking.toString().equals(record.key()));
    }

    @Test
    void without_payment_booking_is_degraded_and_ready_all_the_same() {
        var away = service.call("GET", "/health", "", "");
        assertThat(away.statusCode()).isEqualTo(200);
        OpenApi.assertValid("Health", away.body());
        assertThat(away.body())
                .contains("\"status\":\"DEGRADED\"")
                .contains("\"payment\":{\"status\":\"DOWN\",\"error\":\"The payment provider cannot be reached\"}");
        assertThat(service.probe("/health/readiness").statusCode()).isEqualTo(200);
        assertThat(service.probe("/health/liveness").statusCode()).isEqualTo(200);
        assertThat(service.probe("/prometheus").body())
                .contains("escale_pay_later 1.0")
                .contains("escale_breaker_state{breaker=\"payment\",state=\"CLOSED\"} 1.0");
        payment.available();
        awaitPayLater(false);
        var back = service.call("GET", "/health", "", "");
        OpenApi.assertValid("Health", back.body());
        assertThat(back.body())
                .isEqualTo(
                        "{\"status\":\"UP\",\"services\":{\"database\":{\"status\":\"UP\"},\"payment\":{\"status\":\"UP\"}}}");
    }

    private static Instant expiry(UUID booking) {
        var view = service.get("/v1/bookings/" + booking).body();
        return Instant.parse(view.replaceAll(".*\"expiresAt\":\"([^\"]+)\".*", "$1"));
    }
}
