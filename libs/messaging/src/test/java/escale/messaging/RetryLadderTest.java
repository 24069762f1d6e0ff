package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import escale.messaging.RetryLadder.Rung;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryLadderTest {
    private final RetryLadder ladder = RetryLadder.of("payments");

    @Test
    void payments_are_tried_again_after_1_2_4_8_and_16_seconds() {
        assertThat(ladder.rungs())
                .extracting(Rung::topic, Rung::delay)
                .containsExactly(
                        tuple("payments.retry.1s", Duration.ofSeconds(1)),
                        tuple("payments.retry.2s", Duration.ofSeconds(2)),
                        tuple("payments.retry.4s", Duration.ofSeconds(4)),
                        tuple("payments.retry.8s", Duration.ofSeconds(8)),
                        tuple("payments.retry.16s", Duration.ofSeconds(16)));
    }

    @Test
    void after_the_sixth_attempt_there_is_no_rung_left() {
        assertThat(ladder.attempts()).isEqualTo(6);
        assertThat(ladder.after(1)).map(Rung::topic).contains("payments.retry.1s");
        assertThat(ladder.after(5)).map(Rung::topic).contains("payments.retry.16s");
        assertThat(ladder.after(6)).isEmpty();
    }

    @Test
    void the_dead_letters_are_no_rung() {
        assertThat(ladder.rungs()).extracting(Rung::topic).noneMatch(topic -> topic.endsWith(".dlt"));
    }

    @Test
    void a_topic_without_delay_topics_has_no_ladder() {
        assertThat(RetryLadder.of("tours").rungs()).isEmpty();
        assertThat(RetryLadder.of("tours").attempts()).isEqualTo(1);
    }
}
