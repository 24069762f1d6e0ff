package escale.drill.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainingTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final Draining draining = new Draining(Duration.ofSeconds(10));

    @Test
    void it_lasts_as_long_as_less_and_less_is_left() {
        for (var turn = 0; turn < 100; turn++) {
            assertThat(draining.lasts(1_000 - turn, turn * 9 * SECOND)).isTrue();
        }
    }

    @Test
    void it_ends_when_nothing_moves_though_the_numbers_go_up_and_down() {
        draining.lasts(5, 0);
        for (var second = 1; second < 10; second++) {
            assertThat(draining.lasts(5 + second % 3, second * SECOND)).isTrue();
        }
        assertThat(draining.lasts(5, 10 * SECOND)).isFalse();
    }

    @Test
    void it_ends_when_nothing_is_left() {
        assertThat(draining.lasts(0, 0)).isFalse();
    }

    @Test
    void without_any_one_look_is_enough() {
        assertThat(new Draining(Duration.ZERO).lasts(5, 0)).isFalse();
    }
}
