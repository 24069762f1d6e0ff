package escale.booking.payment;

import static org.assertj.core.api.Assertions.assertThat;

import escale.booking.PayLater;
import escale.booking.PayLater.Sight;
import escale.booking.PayLaterSettings;
import escale.booking.PaymentDoor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskPaymentTest {
    private static final UUID OUTAGE = UUID.randomUUID();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final PaymentDoor door = new PaymentDoor();
    private final PayLater payLater = payLater(Duration.ZERO);
    private final AskPayment ask = asking(door.url(), payLater);

    private PayLater payLater(Duration patience) {
        return new PayLater(new PayLaterSettings(true, patience, patience), metrics);
    }

    private AskPayment asking(String url, PayLater listener) {
        return asking(url, listener, Duration.ofMinutes(2));
    }

    private AskPayment asking(String url, PayLater listener, Duration timeout) {
        var settings = new PaymentSettings(url, Duration.ofHours(1), timeout, 4, 50, Duration.ofHours(1), 2);
        return new AskPayment(settings, listener, ObjectMapper.getDefault(), metrics);
    }

    @AfterEach
    void stop() {
        ask.close();
        door.close();
    }

    private double breaker(String state) {
        return metrics.get("escale.breaker.state").tag("state", state).gauge().value();
    }

    private void look(int times) {
        for (var i = 0; i < times; i++) {
            ask.look();
        }
    }

    @Test
    void payment_says_whether_it_can_charge() {
        ask.look();
        assertThat(payLater.sight()).isEqualTo(Sight.AVAILABLE);
        door.outage(OUTAGE);
        look(2);
        assertThat(payLater.sight()).isEqualTo(Sight.OUTAGE);
        assertThat(payLater.holds()).isTrue();
        door.available();
        ask.look();
        assertThat(payLater.holds()).isFalse();
    }

    @Test
    void an_outage_of_the_provider_is_an_answer_and_opens_no_breaker() {
        door.outage(OUTAGE);
        look(20);
        assertThat(breaker("CLOSED")).isEqualTo(1);
        assertThat(door.asked()).isEqualTo(20);
    }

    @Test
    void payment_that_does_not_answer_is_left_alone_by_an_open_breaker_that_everybody_can_see() {
        var patient = payLater(Duration.ofHours(1));
        try (var asking = asking(door.url(), patient)) {
            door.answer(503, "{}");
            for (var i = 0; i < 20; i++) {
                asking.look();
            }
        }
        assertThat(door.asked()).isEqualTo(4);
        assertThat(patient.sight()).isEqualTo(Sight.UNREACHABLE);
        assertThat(patient.holds()).isFalse();
    }

    @Test
    void before_the_first_booking_is_reserved_payment_is_asked_once_more_and_a_restarted_worker_answers() {
        door.answer(500, "");
        look(4);
        assertThat(breaker("OPEN")).isEqualTo(1);
        assertThat(payLater.holds()).isFalse();
        door.available();
        look(1);
        assertThat(door.asked()).isEqualTo(5);
        assertThat(payLater.holds()).isFalse();
        assertThat(payLater.sight()).isEqualTo(Sight.AVAILABLE);
        look(1);
        assertThat(breaker("CLOSED")).isEqualTo(1);
    }

    @Test
    void payment_that_is_still_away_then_is_not_asked_until_the_breaker_half_opens_by_itself() {
        door.answer(500, "");
        look(20);
        assertThat(payLater.holds()).isTrue();
        assertThat(breaker("OPEN")).isEqualTo(1);
        assertThat(door.asked()).isEqualTo(6);
    }

    @Test
    void an_answer_that_is_none_a_refused_connection_and_silence_are_all_the_same() throws IOException {
        door.answer(200, "<html>Bad gateway</html>");
        ask.look();
        assertThat(payLater.sight()).isEqualTo(Sight.UNREACHABLE);
        door.available();
        ask.look();
        door.answer(200, "null");
        ask.look();
        assertThat(payLater.sight()).isEqualTo(Sight.UNREACHABLE);
        var nobody = payLater(Duration.ofHours(1));
        try (var asking = asking("http://localhost:1", nobody)) {
            asking.look();
        }
        assertThat(nobody.sight()).isEqualTo(Sight.UNREACHABLE);
        var silence = payLater(Duration.ofHours(1));
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var asking = asking("http://localhost:" + silent.getLocalPort(), silence, Duration.ofMillis(300))) {
            asking.look();
        }
        assertThat(silence.sight()).isEqualTo(Sight.UNREACHABLE);
    }

    @Test
    void nobody_is_asked_where_no_address_is_set() {
        try (var alone = asking("", payLater)) {
            alone.look();
        }
        assertThat(payLater.sight()).isEqualTo(Sight.UNKNOWN);
        assertThat(payLater.holds()).isFalse();
    }
}
