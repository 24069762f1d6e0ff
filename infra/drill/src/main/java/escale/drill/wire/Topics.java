package escale.drill.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A reader of topics that belongs to no group, and so disturbs nobody. */
final class Topics {
    private static final byte[] NOTHING = {};
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Topics() {}

    static KafkaConsumer<String, byte[]> reader(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000",
                        // As they gather: fetching one by one would cost the broker as much as a service does.
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1000000",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20",
                        ConsumerConfig.CHECK_CRCS_CONFIG, "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .toList();
    }

    static Heard heard(ConsumerRecord<String, byte[]> found, long at) {
        return new Heard(
                found.topic(),
                found.partition(),
                found.offset(),
                origin(found),
                header(found, "ce_type"),
                Objects.requireNonNullElse(found.key(), ""),
                Objects.requireNonNullElse(found.value(), NOTHING),
                found.timestamp(),
                at);
    }

    /** Dead letters carry where they failed, in headers that Spring Kafka made common. */
    private static String origin(ConsumerRecord<?, ?> found) {
        var topic = header(found, "kafka_dlt-original-topic");
        return topic.isEmpty()
                ? "%s-%d@%d".formatted(found.topic(), found.partition(), found.offset())
                : "%s-%s@%s"
                        .formatted(
                                topic,
                                header(found, "kafka_dlt-original-partition"),
                                header(found, "kafka_dlt-original-offset"));
    }

    private static String header(ConsumerRecord<?, ?> found, String name) {
        var header = found.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
