package escale.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A folder with {@code events/<type>.schema.json} and {@code examples/<type>.json}. */
final class ContractFolder {
    private static final String SCHEMA = ".schema.json";
    private static final String EXAMPLE = ".json";

    private final Path root;
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    ContractFolder(Path root) {
        this.root = root;
    }

    static ContractFolder inOrAbove(Path start) {
        for (var directory = start; directory != null; directory = directory.getParent()) {
            var contracts = directory.resolve("contracts");
            if (Files.isDirectory(contracts.resolve("events"))) {
                return new ContractFolder(contracts);
            }
        }
        throw new AssertionError("There is no contracts/events in or above " + start);
    }

    void assertValid(String type, byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            var faults = schema(type)
                    .validate(
                            json.readTree(bytes),
                            run -> run.getExecutionConfig().setFormatAssertionsEnabled(true));
            if (!faults.isEmpty()) {
                var list = faults.stream().map(Object::toString).sorted().collect(Collectors.joining("\n  "));
                throw new AssertionError("This is no %s:\n  %s\n%s".formatted(type, list, text));
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError("This is no JSON, and so no " + type + ": " + text, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] example(String name) {
        try {
            return Files.readAllBytes(root.resolve("examples").resolve(name + EXAMPLE));
        } catch (IOException e) {
            throw new AssertionError("There is no example " + name + " in " + root, e);
        }
    }

    List<String> exampleNames() {
        return names("examples", EXAMPLE);
    }

    List<String> exampleNames(String type) {
        return exampleNames().stream()
                .filter(name -> name.equals(type) || name.matches("\\Q" + type + "\\E\\.\\d+"))
                .toList();
    }

    List<String> types() {
        return names("events", SCHEMA);
    }

    private JsonSchema schema(String type) {
        return schemas.computeIfAbsent(type, _ -> {
            var file = root.resolve("events").resolve(type + SCHEMA);
            if (!Files.exists(file)) {
                throw new AssertionError("There is no contract for " + type + ": " + file + " is missing");
            }
            return factory.getSchema(SchemaLocation.of(file.toUri().toString()));
        });
    }

    private List<String> names(String folder, String ending) {
        try (var files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
