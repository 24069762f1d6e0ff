package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import escale.booking.BookingEvent.About;
import escale.booking.change.Change.Seats;
import escale.messaging.Event;
import escale.messaging.Json;
import escale.runtime.Trace;
import escale.testkit.Contracts;
import io.micronaut.serde.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BookingContractTest {
    private static final Telling TELLING = new Telling(new Json(ObjectMapper.getDefault()), Facts.payLinks());
    private static final Trace TRACE = new Trace("", "request-1");

    @ParameterizedTest
    @MethodSource("events")
    void what_booking_tells_is_what_the_contract_says(BookingEvent told) {
        var event = TELLING.event(told, TRACE);
        assertThat(event.topic()).isEqualTo("booking.events");
        assertThat(event.key()).isEqualTo(told.about().bookingId().toString());
        Contracts.assertValid(event.type(), event.payload());
    }

    static Stream<BookingEvent> events() {
        return Stream.of(
                new BookingEvent.Created(about(Status.PENDING_PAYMENT)),
                new BookingEvent.Reserved(
                        about(Status.RESERVED_PENDING_PAYMENT), Facts.NOW, "https://escale.example/pay"),
                new BookingEvent.PayLinkSent(
                        about(Status.RESERVED_PENDING_PAYMENT),
                        UUID.randomUUID(),
                        Facts.NOW,
                        "https://escale.example/pay"),
                new BookingEvent.PayLinkSent(
                        about(Status.PAYMENT_FAILED), UUID.randomUUID(), Facts.NOW, "https://escale.example/pay"),
                new BookingEvent.PaymentRequested(about(Status.PENDING_PAYMENT)),
                new BookingEvent.Confirmed(about(Status.CONFIRMED), UUID.randomUUID(), "pi_1"),
                new BookingEvent.PaymentFailed(
                        about(Status.PAYMENT_FAILED),
                        "insufficient_funds",
                        true,
                        false,
                        Facts.NOW,
                        "https://escale.example/pay"),
                new BookingEvent.NeedsAttention(about(Status.PENDING_PAYMENT), "outcome-unknown", true),
                new BookingEvent.ActionRequired(about(Status.ACTION_REQUIRED), "https://bank.example/3ds", Facts.NOW),
                new BookingEvent.Cancelled(about(Status.CANCELLED), BookingEvent.CancelledBy.TRAVELLER, null),
                new BookingEvent.Cancelled(about(Status.CANCELLED), BookingEvent.CancelledBy.SUPPORT, "weather"),
                new BookingEvent.Expired(about(Status.EXPIRED), Status.RESERVED_PENDING_PAYMENT),
                new BookingEvent.RefundPending(about(Status.REFUND_PENDING), 9_000),
                new BookingEvent.RefundPending(about(Status.CONFIRMED), 4_500),
                new BookingEvent.Refunded(about(Status.CONFIRMED), UUID.randomUUID(), 4_500),
                new BookingEvent.Changed(about(Status.CONFIRMED), seats()),
                new BookingEvent.ChangeRequested(about(Status.CONFIRMED), seats(), 4_500, Facts.NOW),
                new BookingEvent.ChangeActionRequired(about(Status.CONFIRMED), "https://bank.example/3ds", Facts.NOW),
                new BookingEvent.ChangeFailed(about(Status.CONFIRMED), seats(), "insufficient_funds"),
                new BookingEvent.Refunded(about(Status.REFUNDED), UUID.randomUUID(), 9_000));
    }

    private static Seats seats() {
        return Seats.of(Facts.booking(Status.CONFIRMED));
    }

    @Test
    void what_a_change_orders_from_payment_is_what_the_contract_says() {
        var booking = Facts.booking(Status.CONFIRMED);
        var back = TELLING.giveBack(booking, UUID.randomUUID(), 4_500, TRACE);
        var supplement = TELLING.supplement(booking, UUID.randomUUID(), 4_500, "pm_card_visa", TRACE);
        for (var order : List.of(back, supplement)) {
            assertThat(order.topic()).isEqualTo("payments");
            assertThat(order.key()).isEqualTo(booking.id().toString());
            Contracts.assertValid(order.type(), order.payload());
        }
        assertThat(new String(supplement.payload(), StandardCharsets.UTF_8))
                .contains("\"kind\":\"SUPPLEMENT\"")
                .contains("\"amount\":4500");
    }

    @Test
    void what_booking_orders_from_payment_is_what_the_contract_says() {
        var request = Facts.request("marie", "key", UUID.randomUUID(), 2);
        var booking = Booking.accepted(request, Facts.departure(10), Facts.NOW);
        var accepted = TELLING.accepted(booking, request);
        assertThat(accepted.stream().map(Event::type)).containsExactly("booking.created", "payment.requested");
        accepted.forEach(event -> Contracts.assertValid(event.type(), event.payload()));
        var order = TELLING.takeBack(booking, 1, "booking-cancelled", Facts.NOW, TRACE);
        Contracts.assertValid(order.type(), order.payload());
        assertThat(Stream.concat(accepted.stream(), Stream.of(order))
                        .filter(event -> event.topic().equals("payments")))
                .hasSize(2);
    }

    @Test
    void a_booking_that_is_paid_later_is_told_with_its_link_and_orders_nothing() {
        var request = Facts.request("marie", "key", UUID.randomUUID(), 2);
        var reserved = TELLING.accepted(Booking.reserved(request, Facts.departure(10), Facts.NOW), request);
        assertThat(reserved.stream().map(Event::type)).containsExactly("booking.reserved");
        Contracts.assertValid("booking.reserved", reserved.getFirst().payload());
        assertThat(new String(reserved.getFirst().payload(), StandardCharsets.UTF_8))
                .contains("https://escale.example/bookings/" + request.bookingId() + "/pay?token=");
    }

    @Test
    void an_event_that_breaks_its_contract_is_found() {
        var wrong = TELLING.event(new BookingEvent.Created(about(Status.CONFIRMED)), TRACE);
        assertThat(List.of(wrong))
                .allSatisfy(event -> org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> Contracts.assertValid(event.type(), event.payload()))
                        .isInstanceOf(AssertionError.class));
    }

    private static About about(Status status) {
        return About.of(Facts.booking(status));
    }
}
