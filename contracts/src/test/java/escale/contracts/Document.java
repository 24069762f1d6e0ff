package escale.contracts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A file of the contracts, JSON or YAML, and what its references point to. */
record Document(Path file, JsonNode root) {
    private static final ObjectMapper JSON = strict(new JsonMapper());
    private static final ObjectMapper YAML = strict(new YAMLMapper());

    static Document read(Path file) {
        try {
            var reader = file.toString().endsWith(".json") ? JSON : YAML;
            return new Document(file, reader.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    static JsonNode parse(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the fields of an object, in the order they are written. */
    static Set<String> names(JsonNode object) {
        var names = new LinkedHashSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    List<String> references() {
        return root.findValuesAsText("$ref");
    }

    /** What a reference points to, in this file or in one beside it. */
    JsonNode target(String reference) {
        var parts = reference.split("#", 2);
        var document = parts[0].isEmpty() ? this : read(file.resolveSibling(parts[0]));
        var target = document.root.at(JsonPointer.compile(parts.length == 2 ? parts[1] : ""));
        if (target.isMissingNode()) {
            throw new IllegalStateException(file + ": nothing at " + reference);
        }
        return target;
    }

    /** A file complete in itself, with each reference replaced by what it points to; a circle of them would not end. */
    JsonNode resolved() {
        return resolve(root);
    }

    private JsonNode resolve(JsonNode node) {
        return switch (node) {
            case ObjectNode object
            when object.has("$ref") -> resolve(target(object.get("$ref").asText()));
            case ObjectNode object -> {
                var copy = JSON.createObjectNode();
                object.properties().forEach(field -> copy.set(field.getKey(), resolve(field.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = JSON.createArrayNode();
                array.forEach(element -> copy.add(resolve(element)));
                yield copy;
            }
            default -> node;
        };
    }

    private static ObjectMapper strict(ObjectMapper mapper) {
        return mapper.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }
}
