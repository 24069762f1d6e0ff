package escale.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.yaml.snakeyaml.Yaml;

/** One entry of contracts/topics.yaml: a topic as all services and all deployments agree on it. */
record TopicDeclaration(
        String name,
        String owner,
        int partitions,
        boolean compacted,
        Duration retention,
        String timestamps,
        Duration delay) {

    /** The declared topics, from the contracts on the classpath. */
    static List<TopicDeclaration> all() {
        try (var yaml = TopicDeclaration.class.getResourceAsStream("/contracts/topics.yaml")) {
            List<Map<String, Object>> entries =
                    new Yaml().load(Objects.requireNonNull(yaml, "contracts/topics.yaml is not on the classpath"));
            return entries.stream().map(TopicDeclaration::of).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static TopicDeclaration of(Map<String, Object> entry) {
        return new TopicDeclaration(
                field(entry, "name"),
                field(entry, "owner"),
                Integer.parseInt(field(entry, "partitions")),
                field(entry, "cleanup").equals("compact"),
                Duration.parse(field(entry, "retention")),
                field(entry, "timestamps"),
                Duration.parse(
                        Objects.requireNonNullElse(entry.get("delay"), "PT0S").toString()));
    }

    private static String field(Map<String, Object> entry, String name) {
        return Objects.requireNonNull(entry.get(name), () -> "No " + name + " in " + entry)
                .toString();
    }

    NewTopic toCreate(short replication) {
        var kept = Long.toString(retention.toMillis());
        var cleanup = compacted
                ? Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, kept,
                        TopicConfig.DELETE_RETENTION_MS_CONFIG, kept)
                : Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        kept);
        var config = new HashMap<>(cleanup);
        config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestamps);
        // Two of three brokers have an event before it counts as told.
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication >= 3 ? "2" : "1");
        return new NewTopic(name, partitions, replication).configs(config);
    }
}
