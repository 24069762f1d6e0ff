package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicDeclarationTest {
    private static TopicDeclaration declared(String name) {
        return TopicDeclaration.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_ordinary_topic_is_kept_longer_than_any_outage() {
        var topic = declared("payments").toCreate((short) 1);

        assertThat(topic.numPartitions()).isEqualTo(24);
        assertThat(topic.configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", Long.toString(Duration.ofDays(7).toMillis()))
                .containsEntry("message.timestamp.type", "CreateTime");
    }

    @Test
    void a_delay_topic_takes_the_brokers_time_so_that_a_wrong_clock_shortens_no_delay() {
        assertThat(TopicDeclaration.all().stream()
                        .filter(topic -> !topic.delay().isZero()))
                .hasSize(5)
                .allSatisfy(topic -> assertThat(topic.toCreate((short) 1).configs())
                        .containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void a_compacted_topic_keeps_the_latest_value_of_a_key_for_ever_and_a_tombstone_for_its_retention() {
        var configs = declared("tours").toCreate((short) 1).configs();

        assertThat(configs)
                .containsEntry("cleanup.policy", "compact")
                .containsKeys("delete.retention.ms", "max.compaction.lag.ms")
                .doesNotContainKey("retention.ms");
    }

    @Test
    void with_three_brokers_an_event_counts_as_told_when_two_have_it() {
        assertThat(declared("payments").toCreate((short) 3).configs()).containsEntry("min.insync.replicas", "2");
        assertThat(declared("payments").toCreate((short) 1).configs()).containsEntry("min.insync.replicas", "1");
    }
}
