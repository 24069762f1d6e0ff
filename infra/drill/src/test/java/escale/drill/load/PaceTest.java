package escale.drill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void bookings_are_due_evenly_whatever_became_of_those_before() {
        var schedule = new Schedule(4, 10);

        assertThat(LongStream.range(0, 5).map(schedule::dueAfter))
                .containsExactly(0L, SECOND / 4, SECOND / 2, 3 * SECOND / 4, SECOND);
    }

    @Test
    void a_rate_that_does_not_divide_the_second_does_not_drift() {
        assertThat(new Schedule(3, 0).dueAfter(3_000_000)).isEqualTo(1_000_000 * SECOND);
        assertThat(Schedule.lasting(1.5, Duration.ofMinutes(1)).count()).isEqualTo(90);
    }

    @Test
    void a_rate_of_nothing_is_refused() {
        assertThatThrownBy(() -> new Schedule(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schedule(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void who_comes_late_in_an_open_loop_is_charged_from_when_he_was_due() throws Exception {
        var start = System.nanoTime() - 10 * SECOND; // a stall of ten seconds
        var pace = new OpenLoop(new Schedule(1, 3));
        pace.begin(start);

        assertThat(List.of(pace.next(), pace.next(), pace.next()))
                .extracting(Pace.Turn::due)
                .containsExactly(start, start + SECOND, start + 2 * SECOND);
        assertThat(pace.next()).isNull();
    }

    @Test
    void nobody_comes_after_the_end() throws Exception {
        var pace = new OpenLoop(new Schedule(1_000, 1_000_000));
        pace.begin(System.nanoTime());
        pace.stop();

        assertThat(pace.next()).isNull();
    }

    @Test
    void in_a_closed_loop_the_next_comes_when_one_has_ended() throws Exception {
        var pace = new ClosedLoop(2, Long.MAX_VALUE, Duration.ofHours(1));
        pace.begin(System.nanoTime());
        assertThat(pace.next()).isNotNull();
        assertThat(pace.next()).isNotNull();
        pace.ended();
        assertThat(pace.next()).isNotNull();
    }

    @Test
    void in_a_closed_loop_nobody_comes_while_none_has_ended_and_the_time_is_over_all_the_same() throws Exception {
        var pace = new ClosedLoop(2, Long.MAX_VALUE, Duration.ofMillis(200));
        pace.begin(System.nanoTime());
        var came = 0;
        while (pace.next() != null) {
            came++;
        }
        assertThat(came).isLessThanOrEqualTo(2);
    }

    @Test
    void in_a_closed_loop_all_who_wait_leave_when_enough_have_come_or_it_is_stopped() throws Exception {
        var counted = new ClosedLoop(1, 1, Duration.ofHours(1));
        counted.begin(System.nanoTime());
        var stopped = new ClosedLoop(1, Long.MAX_VALUE, Duration.ofHours(1));
        stopped.begin(System.nanoTime());
        assertThat(counted.next()).isNotNull();
        assertThat(stopped.next()).isNotNull();

        var crowd = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var waiting = Stream.of(counted, counted, counted, stopped, stopped, stopped)
                    .map(pace -> crowd.submit(pace::next))
                    .toList();
            counted.ended();
            stopped.stop();

            for (var each : waiting) {
                assertThat(each.get(1, TimeUnit.MINUTES)).isNull();
            }
        } finally {
            crowd.shutdownNow();
        }
    }

    @Test
    void a_traveller_never_books_one_departure_over_and_over() {
        var departures = LongStream.range(0, 10).mapToObj(i -> new UUID(0, i)).toList();
        var plan = new Plan(
                1, Duration.ZERO, 1_000, 0, false, departures, 50, 0, "pm_card_visa", 1, Duration.ZERO, Duration.ZERO);
        var wishes = new Wishes(plan, "run");

        var seen = new HashSet<String>();
        var keys = new HashSet<String>();
        for (var i = 0L; i < 500; i++) {
            var wish = wishes.at(i);
            assertThat(seen.add(wish.user() + wish.departure())).isTrue();
            assertThat(keys.add(wish.key())).isTrue();
            assertThat(wish.people()).isBetween(1, 4);
            assertThat(wishes.at(i)).isEqualTo(wish);
        }
    }
}
