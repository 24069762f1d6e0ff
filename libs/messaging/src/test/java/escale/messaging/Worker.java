package escale.messaging;

import escale.testkit.Kafka;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** One instance of a service, as far as its due consumer goes. It keeps what it handled and what it began. */
final class Worker implements AutoCloseable {
    final List<Received> begun = new CopyOnWriteArrayList<>();
    final List<Received> done = new CopyOnWriteArrayList<>();
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final DueConsumer consumer;
    private final Producer<String, byte[]> producer;

    Worker(String bootstrapServers, Intake intake, Gate gate, String deadLetters, Handler handler) {
        var clients = Instance.clients(bootstrapServers);
        producer = clients.producer();
        Handler keeping = received -> {
            begun.add(received);
            var handling = handler.handle(received);
            if (handling == Handler.Handling.DONE) {
                done.add(received);
            }
            return handling;
        };
        consumer = new DueConsumer(
                intake,
                gate,
                () -> clients.member(intake),
                new Execution(intake.group(), keeping, new DeadLetters(producer, deadLetters, metrics)),
                new ConsumerMeters(intake, metrics));
    }

    /** On the shared broker and at work. */
    static Worker on(Intake intake, Handler handler) {
        return on(intake, Gate.OPEN, handler);
    }

    static Worker on(Intake intake, Gate gate, Handler handler) {
        return burying("nowhere", intake, gate, handler);
    }

    static Worker burying(String deadLetters, Intake intake, Gate gate, Handler handler) {
        var worker = new Worker(Kafka.bootstrapServers(), intake, gate, deadLetters, handler);
        worker.consumer.start();
        return worker;
    }

    static Intake intake(String group, int inFlight, String... topics) {
        return intake(group, inFlight, Duration.ofMinutes(1), topics);
    }

    static Intake intake(String group, int inFlight, Duration drain, String... topics) {
        var delays = new HashMap<String, Duration>();
        List.of(topics).forEach(topic -> delays.put(topic, Duration.ZERO));
        return new Intake(group, delays, inFlight, 0, drain, Duration.ZERO);
    }

    /** Fills a topic of the shared broker with so many records, numbered from 0. */
    static void fill(String topic, int count, IntFunction<@Nullable String> key) {
        write(IntStream.range(0, count)
                .mapToObj(i -> new ProducerRecord<>(
                        topic, key.apply(i), Integer.toString(i).getBytes()))
                .toList());
    }

    /** Returns when the broker has all of them, in their order. Our own producers would give up after seconds. */
    static void write(List<ProducerRecord<String, byte[]>> records) {
        var config = Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                Kafka.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (var written : records.stream().map(producer::send).toList()) {
                written.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
    /** What they say, in the order in which they were done. */
    List<String> doneOf(String key) {
        return done.stream()
                .filter(received -> key.equals(received.key()))
                .map(Worker::text)
                .toList();
    }

    static String text(Received received) {
        var payload = received.payload();
        return payload == null ? "" : new String(payload);
    }

    /** The offset from which another member of the group would go on; 0 while there is none. */
    static long committed(String group, String topic, int partition) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", Kafka.bootstrapServers()))) {
            var offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? 0 : offset.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static long committed(String group, String topic) {
        return committed(group, topic, 0);
    }

    @Override
    public void close() {
        try {
            consumer.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
