package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProviderBreakerTest {
    private final ProviderBreaker breaker = new ProviderBreaker(
            new BreakerSettings(10, 20, 50, Duration.ofMillis(1), Duration.ofMillis(1), 5), new SimpleMeterRegistry());

    @Test
    void two_of_five_probes_may_fail() {
        open();
        answer(probes(), true, false, true, false, true);
        assertThat(breaker.closed()).isTrue();
    }

    @Test
    void three_of_five_probes_that_fail_are_too_many() {
        open();
        answer(probes(), true, false, true, false, false);
        assertThat(breaker.closed()).isFalse();
    }

    @Test
    void calls_from_before_the_outage_do_not_decide_whether_it_is_over() {
        var late = Stream.generate(this::call).limit(5).toList();
        open();
        var probes = probes();
        answer(late, false, false, false, false, false);
        answer(probes, true, true, true, true, true);
        assertThat(breaker.closed()).isTrue();
    }

    @Test
    void the_first_answer_of_a_call_counts() {
        open();
        for (var probe : probes()) {
            probe.answered(true);
            probe.answered(false);
            answer(List.of(probe), false);
        }
        assertThat(breaker.closed()).isTrue();
    }

    private void open() {
        for (var failures = 0; failures < 10; failures++) {
            try (var call = call()) {
                call.answered(false);
            }
        }
        assertThat(breaker.closed()).isFalse();
    }

    private List<ProviderBreaker.Call> probes() {
        var probes = Stream.generate(this::call).limit(5).toList();
        assertThat(probes).allMatch(ProviderBreaker.Call::isProbe);
        assertThat(breaker.enter()).isFalse();
        return probes;
    }

    private ProviderBreaker.Call call() {
        await().until(breaker::enter);
        return breaker.begin();
    }

    private static void answer(List<ProviderBreaker.Call> calls, boolean... well) {
        for (var i = 0; i < well.length; i++) {
            try (var call = calls.get(i)) {
                call.answered(well[i]);
            }
        }
    }
}
