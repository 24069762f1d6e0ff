package escale.drill.wire;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/** Hears every record that comes onto some topics from now on, all on one thread. */
public final class Tail implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<Heard> listener;
    /** The one by which records are stamped. */
    private final InstantSource clock = InstantSource.system();

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
                var now = System.nanoTime();
                var nowMillis = clock.millis();
                found.forEach(each -> listener.accept(Topics.heard(each, now - age(each, nowMillis))));
            }
        } catch (WakeupException e) {
            // Closed: nobody wants to hear more.
        }
    }

    /** Records come some milliseconds after they were written; what happened happened then, not now. */
    private static long age(ConsumerRecord<?, ?> record, long nowMillis) {
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, nowMillis - record.timestamp()));
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
