package escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
    /** The library's own bound is ten seconds. */
    @Test
    void whoever_waits_without_a_bound_waits_as_long_as_a_slow_machine_may_need() {
        var left = new AtomicLong();
        await().conditionEvaluationListener(condition -> left.set(condition.getRemainingTimeInMS()))
                .until(() -> true);
        assertThat(Duration.ofMillis(left.get())).isBetween(Duration.ofSeconds(30), Patience.LONGEST);
    }
}
