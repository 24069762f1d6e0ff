package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallWindowTest {
    private final AtomicLong nanos = new AtomicLong();
    private Instant now = Instant.parse("2026-05-04T08:15:30Z");
    private final CallWindow.Open open = new CallWindow(nanos::get, () -> now).open();

    @Test
    void it_is_open_for_ten_seconds() {
        pass(Duration.ofSeconds(10));
        assertThat(open.isOver()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(open.isOver()).isTrue();
    }

    @Test
    void it_is_over_for_a_machine_that_slept_though_its_processor_counted_nothing() {
        now = now.plusSeconds(11);
        assertThat(open.isOver()).isTrue();
    }

    @Test
    void it_is_over_also_where_the_clock_was_put_back() {
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        now = now.minusSeconds(3_600);
        assertThat(open.isOver()).isTrue();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        now = now.plus(time);
    }
}
