package escale.drill.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Who reads which partitions, and how far. */
public final class Groups implements AutoCloseable {
    /** A partition whose end a group has not reached. */
    public record Lag(String group, TopicPartition partition, long behind) {}

    private final Admin admin;

    public Groups(String bootstrapServers) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "20000"));
    }

    /** How many partitions each member of a group has. */
    public List<Integer> shares(String group) {
        return answer(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(found -> found.members().stream())
                .map(member -> member.assignment().topicPartitions().size())
                .sorted()
                .toList();
    }

    /** Every group with every partition it reads. */
    public List<Lag> lags() {
        var names = answer(admin.listGroups().all()).stream()
                .map(each -> each.groupId())
                .toList();
        return answer(admin.describeConsumerGroups(names).all()).values().stream()
                .flatMap(group -> lags(group).stream())
                .toList();
    }

    private List<Lag> lags(ConsumerGroupDescription group) {
        var positions = new HashMap<TopicPartition, Long>();
        group.members()
                .forEach(member -> member.assignment()
                        .topicPartitions()
                        .forEach(each -> positions.put(each, 0L))); // until something is committed
        answer(admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> positions.put(partition, offset == null ? 0 : offset.offset()));
        var starts = offsets(positions.keySet(), OffsetSpec.earliest());
        var ends = offsets(positions.keySet(), OffsetSpec.latest());
        var lags = new ArrayList<Lag>();
        positions.forEach((partition, position) -> {
            var from = Math.max(position, starts.getOrDefault(partition, 0L));
            lags.add(new Lag(group.groupId(), partition, Math.max(0, ends.getOrDefault(partition, 0L) - from)));
        });
        return lags;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(each -> asked.put(each, which));
        var found = new HashMap<TopicPartition, Long>();
        answer(admin.listOffsets(asked).all()).forEach((partition, offset) -> found.put(partition, offset.offset()));
        return found;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new Unreachable("Kafka does not tell its groups", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
