package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Who starts when several could. */
class DispatcherTest {
    private static final TopicPartition FIRST = Desk.at(Desk.MAIN, 0);
    private static final TopicPartition SECOND = Desk.at(Desk.MAIN, 1);
    private static final TopicPartition LATER = Desk.at(Desk.LATER, 0);

    @Test
    void records_of_one_key_run_one_after_the_other_and_those_of_others_beside_them() {
        var desk = new Desk(10).assigned(FIRST);
        desk.fetch(FIRST, 0, "marie");
        desk.fetch(FIRST, 1, "marie");
        desk.fetch(FIRST, 2, "paul");
        desk.fetch(FIRST, 3, "marie");

        assertThat(desk.start()).containsExactly("main-0@0", "main-0@2");
        desk.finish("main-0@0");
        assertThat(desk.start()).containsExactly("main-0@1");
        desk.finish("main-0@2");
        assertThat(desk.start()).isEmpty();
        desk.finish("main-0@1");
        assertThat(desk.start()).containsExactly("main-0@3");
    }

    @Test
    void a_key_keeps_its_order_across_topics() {
        var desk = new Desk(10).assigned(FIRST, LATER);
        desk.fetch(LATER, 0, "marie", desk.wall - 5_000);
        desk.start();
        desk.fetch(FIRST, 0, "marie");

        assertThat(desk.start()).isEmpty();
        desk.finish("later-0@0");
        assertThat(desk.start()).containsExactly("main-0@0");
    }

    @Test
    void without_a_key_there_is_no_order_to_keep() {
        var desk = new Desk(10).assigned(FIRST);
        desk.fetch(FIRST, 0, null);
        desk.fetch(FIRST, 1, null);

        assertThat(desk.start()).containsExactly("main-0@0", "main-0@1");
    }

    @Test
    void a_record_put_back_is_offered_again_before_the_next_of_its_key_and_keeps_no_other_waiting() {
        var desk = new Desk(10).assigned(FIRST);
        desk.fetch(FIRST, 0, "marie");
        desk.fetch(FIRST, 1, "marie");
        desk.start();

        desk.putBack("main-0@0", Duration.ofMillis(500));
        desk.fetch(FIRST, 2, "paul");
        assertThat(desk.start()).containsExactly("main-0@2");
        assertThat(desk.untilNext()).isEqualTo(Duration.ofMillis(500));
        desk.pass(Duration.ofMillis(500));
        assertThat(desk.start()).containsExactly("main-0@0");
    }

    @Test
    void no_more_run_at_once_than_there_are_permits() {
        var desk = new Desk(2).assigned(FIRST);
        List.of("anna", "ben", "carla").forEach(name -> desk.fetch(FIRST, name.charAt(0) - 'a', name));

        assertThat(desk.start()).hasSize(2);
        assertThat(desk.dispatcher.waitsForCompletion()).isTrue();
        desk.finish("main-0@1");
        assertThat(desk.start()).containsExactly("main-0@2");
    }

    @Test
    void partitions_take_turns_when_permits_are_few() {
        var desk = new Desk(1).assigned(FIRST, SECOND);
        for (var offset = 0; offset < 50; offset++) {
            desk.fetch(FIRST, offset, null);
            desk.fetch(SECOND, offset, null);
        }
        var served = new HashMap<String, Integer>();
        for (var i = 0; i < 40; i++) {
            var place = desk.start().getFirst();
            served.merge(place.substring(0, place.indexOf('@')), 1, Integer::sum);
            desk.finish(place);
        }
        assertThat(served).containsEntry("main-0", 20).containsEntry("main-1", 20);
    }

    @Test
    void a_flood_on_the_main_topic_leaves_permits_to_retries_that_are_due() {
        var desk = new Desk(4, 1, Gate.OPEN).assigned(FIRST, LATER);
        for (var offset = 0; offset < 50; offset++) {
            desk.fetch(FIRST, offset, null);
        }
        assertThat(desk.start()).hasSize(3);

        desk.fetch(LATER, 0, null, desk.wall - 5_000);
        assertThat(desk.start()).containsExactly("later-0@0");
    }

    @Test
    void retries_may_take_every_permit() {
        var desk = new Desk(4, 1, Gate.OPEN).assigned(FIRST, LATER);
        for (var offset = 0; offset < 50; offset++) {
            desk.fetch(LATER, offset, null, desk.wall - 5_000);
        }
        assertThat(desk.start()).hasSize(4);
    }

    @Test
    void a_shut_gate_lets_nothing_start_and_is_asked_again_soon() {
        var open = new AtomicInteger();
        var desk = new Desk(10, 0, () -> open.getAndDecrement() > 0).assigned(FIRST);
        desk.fetch(FIRST, 0, null);
        desk.fetch(FIRST, 1, null);

        assertThat(desk.start()).isEmpty();
        assertThat(desk.untilNext()).isEqualTo(Duration.ofMillis(50));
        open.set(1);
        assertThat(desk.start()).containsExactly("main-0@0");
        open.set(1);
        assertThat(desk.start()).containsExactly("main-0@1");
        assertThat(desk.untilNext()).isGreaterThan(Duration.ofMillis(50));
    }

    @Test
    void a_permission_of_the_gate_is_taken_only_for_a_record_that_starts() {
        var permissions = new AtomicInteger();
        var desk = new Desk(2, 0, () -> permissions.incrementAndGet() > 0).assigned(FIRST, SECOND);
        desk.fetch(FIRST, 0, "marie");
        desk.fetch(FIRST, 1, "marie");
        desk.fetch(SECOND, 0, "paul");
        desk.fetch(SECOND, 1, "anna");

        assertThat(desk.start()).hasSize(2);
        assertThat(permissions).hasValue(2);
    }
}
