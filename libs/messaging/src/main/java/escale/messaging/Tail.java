package escale.messaging;

import escale.runtime.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a listener every record that is written to a topic from now on. It belongs to no group, so each instance sees all
 * of them, and nothing is remembered beyond the process: only for what may be missed while it is down.
 */
public final class Tail implements Stage {
    private static final Logger log = LoggerFactory.getLogger(Tail.class);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> connect;
    private final java.util.function.Consumer<Received> listener;
    /** Where to go on, so that a broken connection skips nothing. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private volatile @Nullable Consumer<String, byte[]> consumer;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread reader;

    Tail(String topic, Supplier<Consumer<String, byte[]>> connect, java.util.function.Consumer<Received> listener) {
        this.topic = topic;
        this.connect = connect;
        this.listener = listener;
    }

    @Override
    public Phase phase() {
        return Phase.CONSUMERS;
    }

    @Override
    public String name() {
        return "tail of " + topic;
    }

    /** Returns once it stands at the end: what is written from then on is shown. */
    @Override
    public void start() {
        var connected = open();
        reader = Thread.ofPlatform().name("tail-" + topic).start(() -> read(connected));
    }

    @Override
    public void stop() throws InterruptedException {
        stopped.countDown();
        var connected = consumer;
        if (connected != null) {
            connected.wakeup();
        }
        var reading = reader;
        if (reading != null) {
            reading.join(LONGEST_LOOK);
        }
    }

    private Consumer<String, byte[]> open() {
        var connected = connect.get();
        try {
            var partitions = connected.partitionsFor(topic, LONGEST_LOOK).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("There is no topic " + topic);
            }
            connected.assign(partitions);
            goTo(connected, partitions);
            consumer = connected;
            return connected;
        } catch (RuntimeException notYet) {
            connected.close();
            throw notYet;
        }
    }

    private void goTo(Consumer<String, byte[]> connected, List<TopicPartition> partitions) {
        var ends = connected.endOffsets(partitions, LONGEST_LOOK);
        for (var partition : partitions) {
            var position = positions.getOrDefault(partition, ends.getOrDefault(partition, 0L));
            positions.put(partition, position);
            connected.seek(partition, position);
        }
    }

    private void read(Consumer<String, byte[]> first) {
        var connected = first;
        while (connected != null) {
            try (var open = connected) {
                while (running()) {
                    open.poll(LONGEST_POLL).forEach(record -> {
                        positions.put(new TopicPartition(topic, record.partition()), record.offset() + 1);
                        show(new Received(record));
                    });
                }
            } catch (WakeupException stop) {
                // it runs no more
            } catch (RuntimeException broken) {
                log.warn("The tail of {} broke and begins again: {}", topic, broken.toString());
            }
            connected = reopened();
        }
    }

    /** Null once it is to stop. */
    private @Nullable Consumer<String, byte[]> reopened() {
        while (running()) {
            try {
                if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return null;
                }
                return open();
            } catch (InterruptedException stop) {
                return null;
            } catch (RuntimeException notYet) {
                log.debug("The tail of {} cannot begin again yet", topic, notYet);
            }
        }
        return null;
    }

    private boolean running() {
        return stopped.getCount() > 0;
    }

    private void show(Received received) {
        try {
            listener.accept(received);
        } catch (RuntimeException unheard) {
            log.warn("{} was not understood: {}", received, unheard.toString());
        }
    }
}
