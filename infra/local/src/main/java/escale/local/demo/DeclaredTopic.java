package escale.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.yaml.snakeyaml.Yaml;

/** A topic as contracts/topics.yaml declares it. */
public record DeclaredTopic(String name, String owner, int partitions, boolean compacted, Duration retention) {
    static List<DeclaredTopic> all() {
        try (var yaml = DeclaredTopic.class.getResourceAsStream("/contracts/topics.yaml")) {
            List<Map<String, Object>> entries = new Yaml().load(Objects.requireNonNull(yaml));
            return entries.stream().map(DeclaredTopic::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DeclaredTopic named(String name) {
        return all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static DeclaredTopic of(Map<String, Object> entry) {
        return new DeclaredTopic(
                text(entry, "name"),
                text(entry, "owner"),
                Integer.parseInt(text(entry, "partitions")),
                text(entry, "cleanup").equals("compact"),
                Duration.parse(text(entry, "retention")));
    }

    private static String text(Map<String, Object> entry, String field) {
        return String.valueOf(entry.get(field));
    }

    /** As its owner would create it, here where there is one broker. */
    NewTopic toCreate() {
        var kept = Long.toString(retention.toMillis());
        return new NewTopic(name, partitions, (short) 1)
                .configs(
                        compacted
                                ? Map.of(
                                        "cleanup.policy", "compact",
                                        "max.compaction.lag.ms", kept,
                                        "delete.retention.ms", kept)
                                : Map.of("cleanup.policy", "delete", "retention.ms", kept));
    }
}
