package escale.drill.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What clients were told, from their logs.
 *
 * @param acts of those who thought again
 * @param files that were read
 * @param ignored logs of another world: of a Kafka that is not there any more
 */
public record ClientLogs(List<Asked> asked, List<Act> acts, List<Path> files, List<Path> ignored) {
    private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

    /** Reads one log, or every log of a folder. */
    static ClientLogs read(Path place, String world) {
        var logs = new ClientLogs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var texts = new HashMap<String, String>();
        for (var file : files(place)) {
            try (var lines = JSON.<JsonNode>readValues(file.toFile())) {
                var first = lines.hasNext() ? lines.next() : null;
                if (first == null || !world.equals(first.path("world").asText())) {
                    logs.ignored.add(file);
                    continue;
                }
                logs.files.add(file);
                while (lines.hasNextValue()) {
                    var line = lines.nextValue();
                    if (line.has("act")) {
                        logs.acts.add(act(line, texts));
                    } else {
                        logs.asked.add(asked(line, texts));
                    }
                }
            } catch (IOException e) {
                throw new Unreachable("The client log " + file + " cannot be read", e);
            }
        }
        return logs;
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return Files.exists(place) ? List.of(place) : List.of();
        }
        try (var files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Unreachable("The folder " + place + " cannot be read", e);
        }
    }

    private static Asked asked(JsonNode line, Map<String, String> texts) {
        return new Asked(
                line.path("key").asText(),
                once(line.path("user").asText(), texts),
                UUID.fromString(line.path("departure").asText()),
                line.path("people").asInt(),
                once(line.path("method").asText(), texts),
                line.path("http").asInt(),
                once(line.path("code").asText(), texts),
                line.hasNonNull("booking")
                        ? UUID.fromString(line.path("booking").asText())
                        : null,
                line.path("replayed").asBoolean());
    }

    private static Act act(JsonNode line, Map<String, String> texts) {
        return new Act(
                UUID.fromString(line.path("booking").asText()),
                once(line.path("act").asText(), texts),
                line.path("people").asInt(),
                line.path("http").asInt());
    }

    /** The same few names occur in every line. */
    private static String once(String text, Map<String, String> texts) {
        return texts.computeIfAbsent(text, each -> each);
    }
}
