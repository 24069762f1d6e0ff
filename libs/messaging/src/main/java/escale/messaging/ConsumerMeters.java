package escale.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What a consumer shows: records it has not reached, holds, and works on. Sampled on the poll thread, once a second. */
final class ConsumerMeters {
    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final Map<String, AtomicLong> lagByTopic = new ConcurrentHashMap<>();
    private final AtomicLong running = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private long next = System.nanoTime();

    ConsumerMeters(Intake intake, MeterRegistry metrics) {
        var group = intake.group();
        for (var topic : intake.delays().keySet()) {
            var lag = lagByTopic.computeIfAbsent(topic, name -> new AtomicLong());
            Gauge.builder("escale.consumer.lag", lag, AtomicLong::get)
                    .description("Records of the topic that this instance has not finished, in its partitions")
                    .tag("group", group)
                    .tag("topic", topic)
                    .register(metrics);
        }
        Gauge.builder("escale.consumer.running", running, AtomicLong::get)
                .description("Records being handled now")
                .tag("group", group)
                .register(metrics);
        Gauge.builder("escale.consumer.held", held, AtomicLong::get)
                .description("Records fetched and not finished")
                .tag("group", group)
                .register(metrics);
        Gauge.builder("escale.consumer.oldest.seconds", oldestMillis, age -> age.get() / 1000.0)
                .description("How long the oldest record that has begun is unfinished")
                .tag("group", group)
                .register(metrics);
    }

    void observe(Dispatcher dispatcher, Consumer<?, ?> consumer) {
        var now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + EVERY;
        running.set(dispatcher.running());
        held.set(dispatcher.held());
        oldestMillis.set(dispatcher.oldest(now).toMillis());
        lagByTopic.forEach((topic, lag) -> lag.set(dispatcher.held(topic) + unread(consumer, topic)));
    }

    private static long unread(Consumer<?, ?> consumer, String topic) {
        Collection<TopicPartition> assigned = consumer.assignment();
        return assigned.stream()
                .filter(partition -> partition.topic().equals(topic))
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }
}
