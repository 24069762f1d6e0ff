package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import escale.testkit.Contracts;
import escale.testkit.Kafka;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BookingFlowIT {
    @AutoClose
    private static final BookingService service = BookingService.start();

    @Test
    void a_booking_is_taken_at_once_its_payment_ordered_and_confirmed_when_it_is_paid() {
        var departure = service.departure(10);
        var answer = service.book(departure, 2);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(answer.headers().firstValue("Idempotent-Replayed")).contains("false");
        assertThat(answer.body()).contains("\"status\":\"PENDING_PAYMENT\"").contains("\"amount\":9000");
        OpenApi.assertValid("Booking", answer.body());
        var booking = BookingService.id(answer);
        assertThat(service.seatsLeft(departure)).isEqualTo(8);

        try (var payments = Kafka.topics().probe("payments");
                var events = Kafka.topics().probe("booking.events")) {
            var order = payments.awaitMatching(record -> booking.toString().equals(record.key()));
            assertThat(order.headers()).containsEntry("ce_type", "payment.requested");
            Contracts.assertValid("payment.requested", order.value());
            var created = events.awaitMatching(record -> booking.toString().equals(record.key()));
            assertThat(created.headers()).containsEntry("ce_type", "booking.created");
            Contracts.assertValid("booking.created", created.value());

            service.succeed(booking);
            service.awaitStatus(booking, Status.CONFIRMED);
            var confirmed = events.awaitMatching(record ->
                    booking.toString().equals(record.key()) && record.headers().containsValue("booking.confirmed"));
            Contracts.assertValid("booking.confirmed", confirmed.value());
        }
        var shown = service.get("/v1/bookings/" + booking);
        assertThat(shown.headers().firstValue("ETag")).contains("\"2\"");
        OpenApi.assertValid("Booking", shown.body());
        OpenApi.assertValid(
                "Timeline", service.get("/v1/bookings/" + booking + "/timeline").body());
        OpenApi.assertValid("BookingPage", service.get("/v1/bookings?limit=1").body());
        assertThat(shown.body()).contains("\"status\":\"CONFIRMED\"").contains("\"attempts\":1");
        assertThat(service.get("/v1/bookings/" + booking + "/timeline").body())
                .contains("booking.created")
                .contains("booking.confirmed")
                .contains("payment-1");
    }

    @Test
    void an_answer_that_breaks_the_contract_is_found() {
        assertThatThrownBy(() -> OpenApi.assertValid("Booking", "{\"status\": \"LOST\"}"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void news_heard_many_times_moves_a_booking_once() {
        var booking = service.booked(service.departure(1), 1);
        for (var i = 0; i < 10; i++) {
            service.succeed(booking);
        }
        service.awaitStatus(booking, Status.CONFIRMED);
        await().until(() -> service.count("select count(*) from timeline where booking_id = ?", booking) == 1);
        assertThat(service.count("select version from booking where id = ?", booking))
                .isEqualTo(2);
    }
}
