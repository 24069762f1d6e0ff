package escale.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The topics of one broker, made, written and looked at by tests. */
public final class Topics implements AutoCloseable {
    private final String bootstrapServers;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    public Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Makes a topic, waits until the broker serves each of its partitions, and returns its name. */
    public String create(String name, int partitions, Map<String, String> config) {
        var topic = new NewTopic(name, Optional.of(partitions), Optional.of((short) 1)).configs(config);
        answer(admin.createTopics(List.of(topic)).all());
        Awaitility.await().atMost(Patience.LONGEST).pollDelay(Duration.ZERO).until(() -> isServed(name, partitions));
        return name;
    }

    private boolean isServed(String name, int partitions) throws InterruptedException {
        var latest = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        try {
            admin.listOffsets(latest).all().get();
            return true;
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    void missSoon(String... groups) {
        var soon = new AlterConfigOp(new ConfigEntry("consumer.session.timeout.ms", "6000"), AlterConfigOp.OpType.SET);
        answer(admin.incrementalAlterConfigs(Arrays.stream(groups)
                        .collect(Collectors.toMap(
                                group -> new ConfigResource(ConfigResource.Type.GROUP, group), _ -> List.of(soon))))
                .all());
    }

    /** Writes one record and returns where it lies; null as value is a tombstone. */
    public RecordMetadata produce(
            String topic, @Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
        var message = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return answer(producer.send(message));
    }

    /** Writes one record of text without headers. */
    public RecordMetadata produce(String topic, @Nullable String key, String value) {
        return produce(topic, key, value.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Reads a topic from its beginning until closed. */
    public TopicProbe probe(String topic) {
        return new TopicProbe(bootstrapServers, topic, Patience.LONGEST);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("The broker refused: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The broker did not answer within " + Patience.LONGEST.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the broker", e);
        }
    }
}
