package escale.drill.wire;

import static java.util.stream.Collectors.toCollection;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.function.Consumer;

/** Reads topics from their beginning to where they end now. */
public final class Dump {
    private static final Duration POLL = Duration.ofSeconds(1);

    private Dump() {}

    /** Returns how many records there were. */
    public static long read(String bootstrapServers, Collection<String> topics, Consumer<Heard> reader) {
        try (var consumer = Topics.reader(bootstrapServers)) {
            var partitions = Topics.partitions(consumer, topics);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var left = partitions.stream()
                    .filter(each -> consumer.position(each) < ends.getOrDefault(each, 0L))
                    .collect(toCollection(HashSet::new));
            var count = 0L;
            while (!left.isEmpty()) {
                for (var found : consumer.poll(POLL)) {
                    reader.accept(Topics.heard(found, 0));
                    count++;
                }
                left.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
            }
            return count;
        }
    }
}
