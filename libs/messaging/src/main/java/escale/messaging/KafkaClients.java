package escale.messaging;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
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
    /** So many bytes are handed out at once, however long the reader would let them gather. */
    private static final int ENOUGH_GATHERED = 32 * 1024;

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
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Idempotence alone does not keep the order of the first batches to a partition that is just getting its
        // leader: one is refused, the next accepted. What waits meanwhile goes as one larger batch.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Whatever can be read must fit, or it could not become a dead letter; events have a limit of their own.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        var config = settings.client(instance + "-admin");
        config.put("default.api.timeout.ms", 10_000);
        config.put("request.timeout.ms", 5_000);
        return Admin.create(config);
    }

    /** A member of a group: offsets are committed by hand, and a new group starts with the oldest record there is. */
    Consumer<String, byte[]> member(Intake intake) {
        var config = settings.client(instance + "-" + intake.group());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, intake.group());
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        // Topic by topic: "uniform" counts all partitions alike, and gave one of three workers only retry topics.
        config.put(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, "range");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Many partitions in a small heap: little of each at a time, for more comes while this is worked on.
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Lot.ENOUGH);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 256 * 1024);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        if (intake.gather().isPositive()) {
            config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, ENOUGH_GATHERED);
            config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int)
                    intake.gather().toMillis());
        }
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader of its own, outside of any group. Nobody acts on what it reads: it takes records as they gather. */
    Consumer<String, byte[]> reader(String name) {
        var config = settings.client(instance + "-" + name);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, ENOUGH_GATHERED);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
