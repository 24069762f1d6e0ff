package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PayLaterTest {
    private static final UUID OUTAGE = UUID.randomUUID();
    private final PayLater payLater = payLater(true);

    private static PayLater payLater(boolean enabled) {
        return new PayLater(
                new PayLaterSettings(enabled, Duration.ofSeconds(10), Duration.ofSeconds(30)),
                new SimpleMeterRegistry());
    }

    private static long second(double second) {
        return (long) (second * 1e9);
    }

    @Test
    void nobody_pays_later_before_anything_is_known() {
        assertThat(payLater.holds()).isFalse();
        assertThat(payLater.sight()).isEqualTo(PayLater.Sight.UNKNOWN);
    }

    @Test
    void an_outage_counts_once_it_has_lasted_more_than_ten_seconds_and_only_while_it_lasts() {
        payLater.outage(OUTAGE, second(0));
        payLater.outage(OUTAGE, second(10));
        assertThat(payLater.holds()).isFalse();
        payLater.outage(OUTAGE, second(10.1));
        assertThat(payLater.holds()).isTrue();
        payLater.available();
        assertThat(payLater.holds()).isFalse();
        payLater.outage(UUID.randomUUID(), second(20));
        assertThat(payLater.holds()).as("another outage has just begun").isFalse();
    }

    @Test
    void a_worker_that_is_merely_restarting_is_no_outage() {
        payLater.available();
        for (var second = 0; second < 5; second++) {
            payLater.unreachable(second == 4, second(second));
        }
        assertThat(payLater.wantsProof(second(30))).isFalse();
        assertThat(payLater.wantsProof(second(30.1))).isTrue();
        payLater.available();
        assertThat(payLater.holds()).isFalse();
        payLater.unreachable(true, second(40));
        assertThat(payLater.wantsProof(second(69))).as("counted anew").isFalse();
    }

    @Test
    void payment_that_stays_silent_counts_after_half_a_minute_and_one_more_failure() {
        payLater.unreachable(false, second(0));
        payLater.unreachable(true, second(5));
        payLater.unreachable(true, second(30));
        assertThat(payLater.holds()).isFalse();
        payLater.unreachable(true, second(30.1));
        assertThat(payLater.holds()).isTrue();
        assertThat(payLater.wantsProof(second(31))).as("it is proven").isFalse();
    }

    @Test
    void silence_counts_only_after_the_breaker_has_been_open_for_more_than_ten_seconds() {
        payLater.unreachable(false, second(0));
        payLater.unreachable(false, second(60));
        assertThat(payLater.holds()).as("the breaker is closed").isFalse();
        payLater.unreachable(true, second(61));
        payLater.unreachable(true, second(71));
        assertThat(payLater.holds()).isFalse();
        payLater.unreachable(true, second(71.1));
        assertThat(payLater.holds()).isTrue();
    }

    @Test
    void while_other_workers_tell_of_payments_the_one_that_does_not_answer_is_no_outage() {
        payLater.unreachable(false, second(0));
        payLater.unreachable(true, second(5));
        for (var second = 6; second < 120; second++) {
            payLater.news(second(second));
            assertThat(payLater.wantsProof(second(second))).isFalse();
        }
        payLater.unreachable(true, second(121));
        assertThat(payLater.holds()).isFalse();
        payLater.unreachable(true, second(150));
        assertThat(payLater.holds()).isTrue();
        payLater.news(second(151));
        assertThat(payLater.holds()).as("somebody is back").isFalse();
    }

    @Test
    void an_outage_is_not_over_because_news_come_from_before_it() {
        payLater.outage(OUTAGE, second(0));
        payLater.outage(OUTAGE, second(11));
        payLater.news(second(12));
        assertThat(payLater.holds()).isTrue();
        payLater.unreachable(false, second(13));
        payLater.news(second(14));
        assertThat(payLater.holds()).isTrue();
    }

    @Test
    void payment_that_comes_back_without_its_provider_is_still_away() {
        payLater.unreachable(true, second(0));
        payLater.unreachable(true, second(31));
        payLater.outage(OUTAGE, second(32));
        assertThat(payLater.holds()).isTrue();
        payLater.available();
        assertThat(payLater.holds()).isFalse();
    }

    @Test
    void an_outage_goes_on_while_payment_cannot_be_asked_about_it() {
        payLater.outage(OUTAGE, second(0));
        payLater.unreachable(false, second(5));
        assertThat(payLater.holds()).isFalse();
        payLater.unreachable(false, second(11));
        assertThat(payLater.holds()).isTrue();
    }

    @Test
    void nobody_pays_later_where_that_is_switched_off() {
        var off = payLater(false);
        off.outage(OUTAGE, second(0));
        off.outage(OUTAGE, second(60));
        assertThat(off.holds()).isFalse();
        assertThat(off.sight()).isEqualTo(PayLater.Sight.OUTAGE);
    }
}
