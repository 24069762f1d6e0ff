package escale.messaging;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the broker how far a group has come: up to the first record that is not finished, so that a crash repeats
 * records and never skips one. Only the poll thread enters.
 */
final class Progress {
    static final Duration EVERY = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(Progress.class);
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(3);
    private static final int TRIES = 5;

    private final Dispatcher dispatcher;
    private final Consumer<String, byte[]> consumer;
    private boolean underway;
    private long next = System.nanoTime();

    Progress(Dispatcher dispatcher, Consumer<String, byte[]> consumer) {
        this.dispatcher = dispatcher;
        this.consumer = consumer;
    }

    /** In the background and not too often; what counts as committed is what the broker has confirmed. */
    void commitNowAndThen() {
        var now = System.nanoTime();
        if (underway || now - next < 0) {
            return;
        }
        next = now + EVERY.toNanos();
        var offsets = dispatcher.progress(dispatcher.partitions());
        if (offsets.isEmpty()) {
            return;
        }
        underway = true;
        consumer.commitAsync(offsets, (committed, failure) -> {
            underway = false;
            if (failure == null) {
                dispatcher.committed(committed);
            } else {
                log.debug("Offsets are committed later", failure);
            }
        });
    }

    /** Partitions leave us: what is finished should not be repeated by whoever gets them. */
    void commitBeforeLeaving(Collection<TopicPartition> partitions) {
        var offsets = dispatcher.progress(partitions);
        for (var attempt = 1; !offsets.isEmpty(); attempt++) {
            try {
                consumer.commitSync(offsets, LONGEST_COMMIT);
                return;
            } catch (KafkaException failed) { // also a wake-up that was asked for before
                if (attempt == TRIES) {
                    log.warn("Not committed, and so to be repeated: {}", offsets, failed);
                    return;
                }
            }
        }
    }
}
