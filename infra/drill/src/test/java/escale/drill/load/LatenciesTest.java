package escale.drill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void quantiles_are_those_of_what_was_added() {
        for (var millis = 1; millis <= 1_000; millis++) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        var second = latencies.second();

        assertThat(second.count()).isEqualTo(1_000);
        assertThat(second.p50()).isCloseTo(500, within(1.0));
        assertThat(second.p99()).isCloseTo(990, within(1.0));
        assertThat(second.max()).isCloseTo(1_000, within(1.0));
    }

    @Test
    void a_second_holds_what_came_in_it_and_the_whole_holds_everything() {
        latencies.add(TimeUnit.MILLISECONDS.toNanos(10));
        latencies.second();
        latencies.add(TimeUnit.MILLISECONDS.toNanos(30));

        assertThat(latencies.second().count()).isOne();
        assertThat(latencies.second().count()).isZero();
        assertThat(latencies.whole().count()).isEqualTo(2);
        assertThat(latencies.whole().max()).isCloseTo(30, within(0.1));
    }
}
