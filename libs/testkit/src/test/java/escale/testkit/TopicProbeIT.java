package escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicProbeIT {
    private final Topics topics = Kafka.topics();

    @Test
    void a_probe_sees_what_was_there_and_what_comes_with_its_headers() {
        var topic = Kafka.createTopic(Kafka.fresh("payments"), 3);
        topics.produce(topic, "before", "one");

        try (var probe = topics.probe(topic)) {
            probe.await(1);
            var bytes = "{\"é\":1}".getBytes(StandardCharsets.UTF_8);
            var written = topics.produce(topic, "after", bytes, Map.of("ce_type", "booking.confirmed"));

            var found = probe.awaitMatching(message -> "after".equals(message.key()));
            assertThat(found.headers()).containsEntry("ce_type", "booking.confirmed");
            assertThat(found.value()).isEqualTo(bytes);
            assertThat(found.offset()).isEqualTo(written.offset());
            assertThat(found.partition()).isEqualTo(written.partition());
            assertThat(probe.records()).hasSize(2);
        }
    }

    @Test
    void a_tombstone_and_a_null_key_are_seen_as_they_are() {
        var topic = Kafka.createTopic(Kafka.fresh("users"), 1, Map.of("cleanup.policy", "compact,delete"));
        topics.produce(topic, "user", null, Map.of());
        var plain = Kafka.createTopic(Kafka.fresh("users"), 1);
        topics.produce(plain, null, "keyless");

        try (var tombstones = topics.probe(topic);
                var keyless = topics.probe(plain)) {
            assertThat(tombstones.await(1).getFirst().value()).isNull();
            assertThat(keyless.await(1).getFirst().key()).isNull();
        }
    }

    @Test
    void a_probe_waits_for_a_topic_that_is_still_to_be_made() {
        var topic = Kafka.fresh("late");

        try (var probe = topics.probe(topic)) {
            Kafka.createTopic(topic, 1);
            topics.produce(topic, "key", "at last");

            assertThat(probe.await(1)).map(TopicProbe.Message::text).containsExactly("at last");
        }
    }

    @Test
    void what_does_not_come_is_reported_with_what_came_instead() {
        var topic = Kafka.createTopic(Kafka.fresh("payments"), 1);
        topics.produce(topic, "key", "something else");

        try (var probe = new TopicProbe(Kafka.bootstrapServers(), topic, Duration.ofSeconds(1))) {
            await().until(() -> probe.records().size() == 1);
            assertThatThrownBy(() -> probe.await(2))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("did not bring 2 messages")
                    .hasMessageContaining("something else");
        }
    }

    @Test
    void a_broker_that_was_killed_and_came_back_still_has_its_topics() {
        try (var broker = Kafka.dedicated();
                var own = new Topics(broker.bootstrapServers())) {
            own.create("payments", 1, Map.of());
            own.produce("payments", "key", "before");

            broker.kill();
            broker.restart();

            own.produce("payments", "key", "after");
            try (var probe = own.probe("payments")) {
                assertThat(probe.await(2)).map(TopicProbe.Message::text).containsExactly("before", "after");
            }
        }
    }
}
