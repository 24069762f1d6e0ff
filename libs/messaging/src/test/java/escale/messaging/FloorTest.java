package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloorTest {
    private static final long LAG = Floor.LAG.toNanos();

    @Test
    void it_follows_what_was_told_at_least_its_lag_behind() {
        var floor = new Floor(0);

        floor.reached(10, LAG - 1);
        assertThat(floor.current()).isZero();
        floor.reached(20, LAG);
        assertThat(floor.current()).isZero();
        floor.reached(30, 2 * LAG - 1);
        assertThat(floor.current()).isZero();
        floor.reached(40, 2 * LAG);
        assertThat(floor.current()).isEqualTo(20);
    }

    @Test
    void a_row_that_was_committed_late_is_above_it_again() {
        var floor = risen();

        floor.lowerBelow(5);
        assertThat(floor.current()).isLessThan(5);
    }

    @Test
    void a_row_that_was_committed_late_is_not_stepped_over_by_the_next_rise_either() {
        var floor = risen();

        floor.lowerBelow(5);
        floor.reached(50, 10 * LAG);
        assertThat(floor.current()).isLessThan(5);
    }

    @Test
    void a_row_above_it_leaves_it_where_it_is() {
        var floor = risen();

        floor.lowerBelow(1_000);
        assertThat(floor.current()).isEqualTo(20);
    }

    /** At 20. */
    private static Floor risen() {
        var floor = new Floor(0);
        floor.reached(20, LAG);
        floor.reached(20, 2 * LAG);
        return floor;
    }
}
