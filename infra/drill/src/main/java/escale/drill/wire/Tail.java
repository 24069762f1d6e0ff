package escale.drill.wire;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/** Hears every record that comes onto some topics from now on, all on one thread. */
public final class Tail implements AutoCloseable {
    /**
     * Between two looks. A tail that looks without pause fetches record by record, which costs the broker as much as a
     * consumer group; so confirmations are seen up to this much later than they happen.
     */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The same while records come in crowds. */
    private static final long LONG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int CROWD = 8;

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<Heard> listener;
    private final Thread thread;

    private Tail(KafkaConsumer<String, byte[]> consumer, Consumer<Heard> listener) {
        this.consumer = consumer;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("tail").unstarted(this::listen);
    }

    /** Returns once nothing that is written from now on can be missed. */
    public static Tail on(String bootstrapServers, Collection<String> topics, Consumer<Heard> listener) {
        var consumer = Topics.reader(bootstrapServers);
        try {
            var partitions = Topics.partitions(consumer, topics);
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position); // seeking is lazy
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        var tail = new Tail(consumer, listener);
        tail.thread.start();
        return tail;
    }

    private void listen() {
        try (consumer) {
            while (true) {
                var found = consumer.poll(POLL);
                var at = System.nanoTime();
                found.forEach(each -> listener.accept(Topics.heard(each, at)));
                LockSupport.parkNanos(found.count() > CROWD ? LONG_PAUSE_NANOS : PAUSE_NANOS);
            }
        } catch (WakeupException e) {
            // Closed: nobody wants to hear more.
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
