package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When a record is due, whatever the clocks say. */
class DueTimeTest {
    private static final TopicPartition MAIN = Desk.at(Desk.MAIN, 0);
    private static final TopicPartition LATER = Desk.at(Desk.LATER, 0);
    private static final Duration DELAY = Desk.DELAY;

    @Test
    void a_delayed_record_starts_when_its_delay_since_its_timestamp_is_over_and_not_before() {
        var desk = new Desk(10).assigned(LATER);
        desk.fetch(LATER, 0, null, desk.wall - 300);

        desk.pass(Duration.ofMillis(699));
        assertThat(desk.start()).isEmpty();
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.start()).containsExactly("later-0@0");
    }

    @Test
    void a_record_whose_time_has_long_come_starts_at_once() {
        var desk = new Desk(10).assigned(LATER);
        desk.fetch(LATER, 0, null, desk.wall - 60_000);

        assertThat(desk.start()).hasSize(1);
    }

    @Test
    void a_clock_that_is_behind_the_brokers_makes_nobody_wait_longer_than_the_delay() {
        var desk = new Desk(10).assigned(LATER);
        desk.fetch(LATER, 0, null, desk.wall + 3_600_000);

        desk.pass(DELAY.minusNanos(1));
        assertThat(desk.start()).isEmpty();
        desk.pass(Duration.ofNanos(1));
        assertThat(desk.start()).hasSize(1);
    }

    @Test
    void a_wall_clock_that_jumps_does_not_move_what_is_due_by_the_monotonic_one() {
        var desk = new Desk(10).assigned(LATER);
        desk.fetch(LATER, 0, null);

        desk.wall += 3_600_000;
        assertThat(desk.start()).isEmpty();
        desk.wall -= 7_200_000;
        desk.pass(DELAY);
        assertThat(desk.start()).hasSize(1);
    }

    @Test
    void without_a_delay_a_record_from_the_future_is_due_too() {
        var desk = new Desk(10).assigned(MAIN);
        desk.fetch(MAIN, 0, null, desk.wall + 3_600_000);

        assertThat(desk.start()).hasSize(1);
    }

    @Test
    void the_next_look_is_at_the_next_due_time_in_whole_milliseconds() {
        var desk = new Desk(10).assigned(LATER);
        assertThat(desk.untilNext()).isEqualTo(Duration.ofSeconds(10));

        desk.fetch(LATER, 0, null);
        desk.pass(Duration.ofNanos(500_000));
        assertThat(desk.untilNext()).isEqualTo(DELAY);
        desk.pass(DELAY.minus(Duration.ofNanos(500_001)));
        assertThat(desk.untilNext()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void what_is_due_and_waits_for_a_permit_does_not_make_the_loop_spin() {
        var desk = new Desk(1).assigned(MAIN);
        desk.fetch(MAIN, 0, null);
        desk.fetch(MAIN, 1, null);
        desk.start();

        assertThat(desk.untilNext()).isEqualTo(Duration.ofSeconds(10));
    }
}
