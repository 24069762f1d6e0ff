package escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicProbeIT {
    @Test
    void a_probe_sees_what_was_there_and_what_comes_with_its_headers() {
        var topics = Kafka.topics();
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
        var topics = Kafka.topics();
        var topic = Kafka.createTopic(Kafka.fresh("users"), 1);
        topics.produce(topic, null, null, Map.of());

        try (var probe = topics.probe(topic)) {
            var found = probe.await(1).getFirst();
            assertThat(found.key()).isNull();
            assertThat(found.value()).isNull();
        }
    }

    @Test
    void fresh_database_time() {
        for (int i = 0; i < 20; i++) {
            long t = System.nanoTime();
            Postgres.freshDatabase("booking");
            System.out.println("db " + (System.nanoTime() - t) / 1000 + " us");
        }
    }
}
