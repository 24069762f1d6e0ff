package escale.messaging;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The one place that makes Kafka clients, so that what is safe is set for all of them. */
@Factory
public final class KafkaClients {
    private final KafkaSettings settings;
    private final String instance;

    KafkaClients(KafkaSettings settings, @Value("${escale.instance}") String instance) {
        this.settings = settings;
        this.instance = instance;
    }

    /** Acknowledged by all replicas, never twice by the client's own retries; gives up before the relay's transaction would. */
    @Singleton
    @Bean(preDestroy = "close")
    Producer<String, byte[]> producer() {
        var config = settings.client(instance);
        config.putAll(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                // Whatever could be read must fit, or it could not become a dead letter; events have a limit of their
                // own.
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                8 * 1024 * 1024,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                10_000));
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        var config = settings.client(instance + "-admin");
        config.put("default.api.timeout.ms", 10_000);
        config.put("request.timeout.ms", 5_000);
        return Admin.create(config);
    }

    /** A member of a group: offsets are committed by hand, and a new group starts with the oldest record there is. */
    Consumer<String, byte[]> member(String group) {
        var config = settings.client(instance + "-" + group);
        config.putAll(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                "consumer",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                // Many partitions in a small heap: little of each at a time, for more comes while this is worked on.
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Lot.ENOUGH,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                256 * 1024,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                8 * 1024 * 1024));
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader of its own, outside of any group. */
    Consumer<String, byte[]> reader(String name) {
        var config = settings.client(instance + "-" + name);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
