package escale.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Everything the services promised at one time, each kind by name: that of today, or that of the last release. */
record Contracts(JsonNode topics, JsonNode events, JsonNode examples, JsonNode apis) {
    private static final Path MODULE = Path.of("");

    static Contracts ofToday() {
        return in(MODULE);
    }

    static Contracts lastReleased() {
        return in(MODULE.resolve("released"));
    }

    static Document asyncApi() {
        return Document.read(MODULE.resolve("asyncapi.yaml"));
    }

    static Document api(String service) {
        return Document.read(MODULE.resolve("openapi").resolve(service + ".yaml"));
    }

    private static Contracts in(Path folder) {
        var topics = JsonNodeFactory.instance.objectNode();
        Document.read(folder.resolve("topics.yaml")).root().forEach(topic -> {
            if (topics.replace(topic.path("name").asText(), topic) != null) {
                throw new IllegalStateException("Declared twice: " + topic.path("name"));
            }
        });
        return new Contracts(
                topics,
                byName(folder.resolve("events"), ".schema.json", Document::root),
                byName(folder.resolve("examples"), ".json", Document::root),
                byName(folder.resolve("openapi"), ".yaml", Document::resolved));
    }

    private static JsonNode byName(Path folder, String suffix, Function<Document, JsonNode> content) {
        var found = JsonNodeFactory.instance.objectNode();
        try (var files = Files.list(folder)) {
            files.sorted().forEach(file -> {
                var name = file.getFileName().toString();
                if (!name.endsWith(suffix)) {
                    throw new IllegalStateException(file + " does not belong here");
                }
                found.set(name.substring(0, name.length() - suffix.length()), content.apply(Document.read(file)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
