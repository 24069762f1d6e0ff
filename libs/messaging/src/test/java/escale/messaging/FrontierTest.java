package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How far a partition counts as done, and how much of it is taken in. */
class FrontierTest {
    private static final TopicPartition FIRST = Desk.at(Desk.MAIN, 0);
    private static final TopicPartition SECOND = Desk.at(Desk.MAIN, 1);

    @Test
    void only_what_has_nothing_unfinished_before_it_counts_as_done() {
        var desk = new Desk(10).assigned(FIRST);
        for (var offset = 5; offset < 9; offset++) {
            desk.fetch(FIRST, offset, null);
        }
        desk.start();

        desk.finish("main-0@7");
        assertThat(desk.progress()).isEmpty();
        desk.finish("main-0@5");
        assertThat(desk.progress()).containsEntry(FIRST, 6L);
        desk.finish("main-0@6");
        assertThat(desk.progress()).containsEntry(FIRST, 8L);
    }

    @Test
    void progress_is_offered_until_the_broker_has_confirmed_it() {
        var desk = new Desk(10).assigned(FIRST);
        desk.fetch(FIRST, 0, null);
        desk.start();
        desk.finish("main-0@0");

        assertThat(desk.progress()).containsEntry(FIRST, 1L);
        assertThat(desk.progress()).containsEntry(FIRST, 1L);
        desk.committed(FIRST, 1);
        assertThat(desk.progress()).isEmpty();
    }

    @Test
    void a_record_that_takes_long_holds_up_its_own_partition_only_and_only_when_many_are_behind_it() {
        var desk = new Desk(10).assigned(FIRST, SECOND);
        desk.fetch(FIRST, 0, "slow");
        desk.start();
        for (var offset = 1; offset < Lot.WINDOW; offset++) {
            runOne(desk, FIRST, offset);
        }

        desk.fetch(FIRST, Lot.WINDOW, null);
        desk.fetch(SECOND, 0, null);
        assertThat(desk.start()).containsExactly("main-1@0");
        assertThat(desk.dispatcher.waitsForCompletion()).isTrue();
        desk.finish("main-0@0");
        assertThat(desk.start()).containsExactly("main-0@" + Lot.WINDOW);
    }

    /** Otherwise a window per commit would be the most that a partition can do. */
    @Test
    void what_is_finished_makes_room_before_it_is_committed() {
        var desk = new Desk(10).assigned(FIRST);
        for (var offset = 0; offset < 3 * Lot.WINDOW; offset++) {
            runOne(desk, FIRST, offset);
        }
        assertThat(desk.progress()).containsEntry(FIRST, 3L * Lot.WINDOW);
    }

    @Test
    void a_partition_is_paused_when_enough_of_it_waits_and_goes_on_before_nothing_does() {
        var desk = new Desk(1).assigned(FIRST);
        for (var offset = 0; offset <= Lot.ENOUGH; offset++) {
            desk.fetch(FIRST, offset, null);
        }
        desk.start();
        assertThat(desk.dispatcher.toPause()).containsExactly(FIRST);
        assertThat(desk.dispatcher.toPause()).isEmpty();

        for (var offset = 0; offset < Lot.ENOUGH / 2; offset++) {
            desk.finish("main-0@" + offset);
            assertThat(desk.dispatcher.toResume()).isEmpty();
            desk.start();
        }
        desk.finish("main-0@" + Lot.ENOUGH / 2);
        desk.start();
        assertThat(desk.dispatcher.toResume()).containsExactly(FIRST);
    }

    @Test
    void the_oldest_is_the_one_that_keeps_the_offset_back() {
        var desk = new Desk(10).assigned(FIRST);
        desk.fetch(FIRST, 0, "slow");
        desk.start();
        desk.pass(Duration.ofSeconds(3));
        runOne(desk, FIRST, 1);

        desk.putBack("main-0@0", Duration.ofMillis(1));
        desk.pass(Duration.ofSeconds(1));
        desk.start();
        assertThat(desk.dispatcher.oldest(desk.now)).isEqualTo(Duration.ofSeconds(4));
        desk.finish("main-0@0");
        assertThat(desk.dispatcher.oldest(desk.now)).isZero();
    }

    private static void runOne(Desk desk, TopicPartition partition, long offset) {
        desk.fetch(partition, offset, null);
        assertThat(desk.start()).hasSize(1);
        desk.finish(partition + "@" + offset);
    }
}
