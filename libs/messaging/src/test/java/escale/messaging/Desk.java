package escale.messaging;

import escale.messaging.Handler.Handling;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A dispatcher whose clocks the test moves, and whose records are called by where they lie: {@code main-0@7}. */
final class Desk {
    static final String MAIN = "main";
    static final String LATER = "later";
    static final Duration DELAY = Duration.ofSeconds(1);

    final Dispatcher dispatcher;
    private final Map<String, Slot> begun = new HashMap<>();
    /** The wall clock and the monotonic one; only this test's records say which of them counts. */
    long wall = 1_700_000_000_000L;

    long now = 1;

    Desk(int inFlight, int reserved, Gate gate) {
        var delays = Map.of(MAIN, Duration.ZERO, LATER, DELAY);
        dispatcher =
                new Dispatcher(new Intake("group", delays, inFlight, reserved, Duration.ZERO, Duration.ZERO), gate);
    }

    Desk(int inFlight) {
        this(inFlight, 0, Gate.OPEN);
    }

    static TopicPartition at(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    Desk assigned(TopicPartition... partitions) {
        dispatcher.assigned(List.of(partitions));
        return this;
    }

    void pass(Duration time) {
        now += time.toNanos();
        wall += time.toMillis();
    }

    /** Comes in with the time of now as its timestamp. */
    void fetch(TopicPartition partition, long offset, @Nullable String key) {
        fetch(partition, offset, key, wall);
    }

    void fetch(TopicPartition partition, long offset, @Nullable String key, long timestamp) {
        dispatcher.fetched(partition, List.of(record(partition, offset, key, timestamp)), wall, now);
    }

    /** Where those lie that start now. */
    List<String> start() {
        var started = dispatcher.start(now);
        started.forEach(slot -> begun.put(slot.received.toString(), slot));
        return started.stream().map(slot -> slot.received.toString()).toList();
    }

    void finish(String place) {
        dispatcher.completed(taken(place), Handling.DONE, now);
    }

    void putBack(String place, Duration after) {
        dispatcher.completed(taken(place), new Handling.NotNow(after), now);
    }

    private Slot taken(String place) {
        return Objects.requireNonNull(begun.remove(place), place + " does not run");
    }

    Map<TopicPartition, Long> progress() {
        var offsets = new HashMap<TopicPartition, Long>();
        dispatcher
                .progress(dispatcher.partitions())
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    void committed(TopicPartition partition, long offset) {
        dispatcher.committed(Map.of(partition, new OffsetAndMetadata(offset)));
    }

    void revoke(Collection<TopicPartition> partitions) {
        dispatcher.revoke(partitions, now);
    }

    Duration untilNext() {
        return dispatcher.untilNext(now, Duration.ofSeconds(10), Duration.ofMillis(50));
    }

    static ConsumerRecord<String, byte[]> record(
            TopicPartition partition, long offset, @Nullable String key, long timestamp) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
