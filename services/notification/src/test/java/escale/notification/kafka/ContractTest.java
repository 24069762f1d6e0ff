package escale.notification.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.messaging.Json;
import escale.messaging.Malformed;
import escale.messaging.Received;
import escale.notification.Alert;
import escale.notification.Journey;
import escale.notification.Kind;
import escale.notification.Language;
import escale.testkit.Contracts;
import io.micronaut.serde.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
    private static final Json JSON = new Json(ObjectMapper.getDefault());
    private static final UUID BOOKING = UUID.fromString("019df20e-80d0-70f2-b90c-f28c1fb17c23");

    @ParameterizedTest
    @CsvSource({
        "booking.confirmed, CONFIRMED, FR",
        "booking.payment-failed, PAYMENT_DECLINED, FR",
        "booking.payment-failed.2, PAYMENT_FAILED,",
        "booking.reserved, RESERVED, FR",
        "booking.needs-attention, NEEDS_ATTENTION, FR",
        "booking.pay-link-sent, PAY_LINK, FR",
        "booking.pay-link-sent.2, PAY_LINK,",
        "booking.action-required, ACTION_REQUIRED, FR",
        "booking.cancelled, CANCELLED, FR",
        "booking.cancelled.2, CANCELLED,",
        "booking.expired, EXPIRED, FR",
        "booking.refunded, REFUNDED, FR",
        "booking.refunded.2, REFUNDED,"
    })
    void what_a_traveller_is_told_is_read_as_the_contract_shows_it(
            String example, Kind kind, @Nullable Language language) {
        assertThat(BookingEvent.of(example(example), JSON)).isInstanceOfSatisfying(BookingEvent.Told.class, told -> {
            var mail = told.mail(BOOKING, example(example).trace());
            assertThat(mail.occasion().kind()).isEqualTo(kind);
            assertThat(mail.occasion().bookingId()).isEqualTo(BOOKING);
            assertThat(mail.language()).isEqualTo(language);
            assertThat(mail.facts().tourTitle()).isEqualTo("Montmartre à la tombée du jour");
            assertThat(mail.facts().refundAmount() != null).isEqualTo(kind == Kind.REFUNDED);
            assertThat(mail.occasion().refundId() != null).isEqualTo(kind == Kind.REFUNDED);
            assertThat(mail.occasion().linkId() != null).isEqualTo(kind == Kind.PAY_LINK);
        });
    }

    /** Whatever else the contract holds, now or later, goes by without a mail and without a dead letter. */
    @ParameterizedTest
    @MethodSource("others")
    void all_other_events_are_none_of_a_travellers_business(String example) {
        assertThat(BookingEvent.of(example(example), JSON)).isEqualTo(new BookingEvent.Other());
    }

    @Test
    void a_changed_booking_moves_its_reminder_and_brings_no_mail() {
        assertThat(BookingEvent.of(example("booking.changed"), JSON))
                .isInstanceOfSatisfying(BookingEvent.Changed.class, changed -> {
                    assertThat(changed.booking().journey(true).bookingId()).isEqualTo(BOOKING);
                    assertThat(changed.booking().journey(true).travels()).isTrue();
                });
    }

    @Test
    void only_what_is_paid_is_a_journey_and_what_is_cancelled_is_one_no_longer() {
        assertThat(journey("booking.confirmed"))
                .hasValueSatisfying(it -> assertThat(it.travels()).isTrue());
        assertThat(journey("booking.cancelled"))
                .hasValueSatisfying(it -> assertThat(it.travels()).isFalse());
        assertThat(journey("booking.reserved")).isEmpty();
    }

    private static Optional<Journey> journey(String example) {
        return ((BookingEvent.Told) BookingEvent.of(example(example), JSON)).journey();
    }

    static Stream<String> others() {
        var told = List.of(
                "booking.confirmed",
                "booking.payment-failed",
                "booking.reserved",
                "booking.needs-attention",
                "booking.pay-link-sent",
                "booking.action-required",
                "booking.cancelled",
                "booking.expired",
                "booking.refunded",
                "booking.changed");
        return Contracts.exampleNames().stream()
                .filter(name -> told.stream().noneMatch(type -> name.equals(type) || name.startsWith(type + ".")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "not json", "{\"bookingId\": 1}"})
    void what_cannot_be_read_is_malformed_at_once(String body) {
        var received = received("booking.confirmed", body.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> BookingEvent.of(received, JSON)).isInstanceOf(Malformed.class);
    }

    @Test
    void a_party_of_nobody_is_malformed() {
        var body = new String(Contracts.example("booking.confirmed"), StandardCharsets.UTF_8)
                .replace("\"people\": 2", "\"people\": 0");
        var received = received("booking.confirmed", body.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> BookingEvent.of(received, JSON)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment.exhausted", "payment.exhausted.2"})
    void a_payment_at_the_end_of_its_ladder_is_alarming(String example) {
        assertThat(PaymentEvent.of(example(example), JSON))
                .isInstanceOfSatisfying(PaymentEvent.Alarming.class, alarming -> {
                    assertThat(alarming.alert().summary()).isEqualTo("Payment failed after 5 retries");
                    assertThat(alarming.alert().details()).containsEntry("bookingId", BOOKING.toString());
                });
    }

    @Test
    void an_outage_is_one_thread_from_start_to_end() {
        var started = alert("payment.outage-started");
        var ended = alert("payment.outage-ended");
        assertThat(started).isInstanceOf(Alert.OutageStarted.class);
        assertThat(ended).isInstanceOf(Alert.OutageEnded.class);
        assertThat(started.thread()).isEqualTo(ended.thread());
        assertThat(ended.summary()).contains("6 min 27 s");
    }

    @Test
    void all_other_payment_events_alarm_nobody() {
        Contracts.exampleNames().stream()
                .filter(name -> !name.startsWith("payment.exhausted") && !name.startsWith("payment.outage"))
                .forEach(name -> assertThat(PaymentEvent.of(example(name), JSON))
                        .as(name)
                        .isEqualTo(new PaymentEvent.Other()));
    }

    @Test
    void travellers_are_read_and_forgotten_as_the_contract_shows_it() {
        assertThat(UserEvent.of(example("user.updated"), JSON)).isInstanceOfSatisfying(UserEvent.Known.class, known -> {
            assertThat(known.version()).isEqualTo(3);
            assertThat(known.traveller().email()).isEqualTo("claire.moreau@example.org");
            assertThat(known.traveller().language()).isEqualTo(Language.FR);
        });
        assertThat(UserEvent.of(example("user.updated.2"), JSON)).isInstanceOf(UserEvent.Known.class);
        assertThat(UserEvent.of(received("user.updated", null), JSON)).isEqualTo(new UserEvent.Erased("key"));
        assertThat(UserEvent.of(example("tour.published"), JSON)).isEqualTo(new UserEvent.Other());
    }

    @Test
    void tours_are_read_as_the_contract_shows_them() {
        assertThat(TourEvent.of(example("tour.published"), JSON))
                .isInstanceOfSatisfying(
                        TourEvent.Published.class,
                        tour -> assertThat(tour.departures()).hasSize(2));
        assertThat(TourEvent.of(example("tour.published.2"), JSON))
                .isInstanceOfSatisfying(
                        TourEvent.Published.class,
                        tour -> assertThat(tour.departures()).isEmpty());
        assertThat(TourEvent.of(received("tour.published", null), JSON)).isEqualTo(new TourEvent.Withdrawn());
        assertThat(TourEvent.of(example("user.updated"), JSON)).isEqualTo(new TourEvent.Other());
    }

    private static Alert alert(String example) {
        return ((PaymentEvent.Alarming) PaymentEvent.of(example(example), JSON)).alert();
    }

    private static Received example(String name) {
        return received(name.replaceFirst("\\.\\d+$", ""), Contracts.example(name));
    }

    private static Received received(String type, byte @Nullable [] body) {
        var record = new ConsumerRecord<>("topic", 0, 0L, "key", body);
        record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        return new Received(record);
    }
}
