package escale.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads a topic from its beginning, in the background and without a group, and keeps all it has seen. */
public final class TopicProbe implements AutoCloseable {
    /** What was found on the topic; value null is a tombstone. */
    @SuppressWarnings("ArrayRecordComponent") // the bytes as they lie on the topic; nobody compares whole messages
    public record Message(
            @Nullable String key,
            byte @Nullable [] value,
            Map<String, String> headers,
            int partition,
            long offset,
            Instant timestamp) {

        /** The value as text; a tombstone is the empty text. */
        public String text() {
            return value == null ? "" : new String(value, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "%d@%d %s %s %s".formatted(partition, offset, key, headers, text());
        }
    }

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration ENDLESS = Duration.ofDays(1);

    private final String topic;
    private final Duration deadline;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Message> seen = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private volatile @Nullable RuntimeException failure;

    TopicProbe(String bootstrapServers, String topic, Duration deadline) {
        this.topic = topic;
        this.deadline = deadline;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        // A probe sees what a consumer is meant to see, not what a transaction took back.
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.reader = Thread.ofPlatform().daemon().name("probe-" + topic).start(this::read);
    }

    /** All messages up to now, in the order in which they were read. */
    public List<Message> records() {
        return List.copyOf(seen);
    }

    /** Waits until at least so many messages have been seen and returns all. */
    public List<Message> await(int count) {
        until(count + " messages", messages -> messages.size() >= count);
        return records();
    }

    /** Waits for a message that fits and returns the first that does. */
    public Message awaitMatching(Predicate<Message> fits) {
        until("a message that fits", messages -> messages.stream().anyMatch(fits));
        return seen.stream().filter(fits).findFirst().orElseThrow();
    }

    private void until(String what, Predicate<List<Message>> condition) {
        try {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(deadline)
                    .until(() -> failure != null || condition.test(seen));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "%s did not bring %s within %s; it brought %s".formatted(topic, what, deadline, seen), e);
        }
        if (failure != null) {
            throw new AssertionError(topic + " could not be read", failure);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            var partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(ENDLESS).forEach(found -> seen.add(message(found)));
            }
        } catch (WakeupException e) {
            // Closed: nobody wants to know more.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Waits for the topic: whoever owns it may be about to make it. */
    private List<TopicPartition> partitions() {
        while (true) {
            try {
                var found = consumer.partitionsFor(topic, PATIENCE);
                if (!found.isEmpty()) {
                    return found.stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
                }
            } catch (TimeoutException | UnknownTopicOrPartitionException e) {
                // Not yet.
            }
        }
    }

    private static Message message(ConsumerRecord<String, byte[]> found) {
        var headers = new LinkedHashMap<String, String>();
        found.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new Message(
                found.key(),
                found.value(),
                headers,
                found.partition(),
                found.offset(),
                Instant.ofEpochMilli(found.timestamp()));
    }
}
