package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What becomes of records whose partition goes elsewhere. */
class RevocationTest {
    private static final TopicPartition GOES = Desk.at(Desk.MAIN, 0);
    private static final TopicPartition STAYS = Desk.at(Desk.MAIN, 1);

    @Test
    void what_waits_does_not_start_and_what_runs_may_finish() {
        var desk = new Desk(1).assigned(GOES, STAYS);
        desk.fetch(GOES, 0, null);
        desk.fetch(GOES, 1, null);
        desk.start();
        desk.fetch(STAYS, 0, null);

        desk.revoke(List.of(GOES));
        assertThat(desk.dispatcher.busy(List.of(GOES))).isTrue();
        desk.finish("main-0@0");
        assertThat(desk.dispatcher.busy(List.of(GOES))).isFalse();
        assertThat(desk.progress()).containsEntry(GOES, 1L);
        assertThat(desk.start()).containsExactly("main-1@0");
        desk.finish("main-1@0");
        assertThat(desk.start()).isEmpty();
    }

    @Test
    void the_next_of_its_key_does_not_start_there_but_does_in_a_partition_that_stays() {
        var desk = new Desk(10).assigned(GOES, STAYS);
        desk.fetch(GOES, 0, "marie");
        desk.fetch(GOES, 1, "marie");
        desk.start();
        desk.fetch(STAYS, 0, "marie");
        desk.start();

        desk.revoke(List.of(GOES));
        desk.finish("main-0@0");
        assertThat(desk.start()).containsExactly("main-1@0");
        desk.finish("main-1@0");
        assertThat(desk.dispatcher.waitsForCompletion()).isFalse();
    }

    @Test
    void a_record_that_was_put_back_holds_up_its_key_no_longer() {
        var desk = new Desk(10).assigned(GOES, STAYS);
        desk.fetch(GOES, 0, "marie");
        desk.start();
        desk.fetch(STAYS, 0, "marie");
        desk.start();
        desk.putBack("main-0@0", Duration.ofHours(1));

        desk.revoke(List.of(GOES));
        assertThat(desk.start()).containsExactly("main-1@0");
    }

    @Test
    void a_record_that_is_put_back_after_its_partition_went_makes_way_for_the_next_of_its_key() {
        var desk = new Desk(10).assigned(GOES, STAYS);
        desk.fetch(GOES, 0, "marie");
        desk.start();
        desk.fetch(STAYS, 0, "marie");
        desk.start();
        desk.revoke(List.of(GOES));

        desk.putBack("main-0@0", Duration.ZERO);
        assertThat(desk.start()).containsExactly("main-1@0");
        desk.dispatcher.forget(List.of(GOES));
        desk.finish("main-1@0");
        assertThat(desk.start()).isEmpty();
        assertThat(desk.dispatcher.running()).isZero();
        assertThat(desk.dispatcher.held()).isZero();
    }

    @Test
    void a_partition_that_comes_back_starts_nothing_beside_what_still_runs_of_its_key() {
        var desk = new Desk(10).assigned(GOES);
        desk.fetch(GOES, 0, "marie");
        desk.start();
        desk.revoke(List.of(GOES));
        desk.dispatcher.forget(List.of(GOES));

        desk.assigned(GOES);
        desk.fetch(GOES, 0, "marie");
        assertThat(desk.start()).isEmpty();
        desk.finish("main-0@0");
        assertThat(desk.start()).containsExactly("main-0@0");
    }

    @Test
    void permits_of_a_lost_partition_come_back_when_its_records_have_ended() {
        var desk = new Desk(1).assigned(GOES);
        desk.fetch(GOES, 0, null);
        desk.start();
        desk.revoke(List.of(GOES));
        desk.dispatcher.forget(List.of(GOES));
        desk.assigned(STAYS);
        desk.fetch(STAYS, 0, null);

        assertThat(desk.start()).isEmpty();
        desk.finish("main-0@0");
        assertThat(desk.start()).containsExactly("main-1@0");
    }
}
