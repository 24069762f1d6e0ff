package escale.testkit;

import java.nio.file.Path;
import java.util.List;

/** The repository's contracts, found by walking up from the working directory. */
public final class Contracts {
    private static final class Repository {
        static final ContractFolder FOLDER =
                ContractFolder.inOrAbove(Path.of("").toAbsolutePath());
    }

    private Contracts() {}

    /** Fails unless the bytes are JSON that {@code events/<type>.schema.json} allows. */
    public static void assertValid(String type, byte[] json) {
        Repository.FOLDER.assertValid(type, json);
    }

    /** The bytes of {@code examples/<name>.json}; a type's further examples are named {@code <type>.2} and so on. */
    public static byte[] example(String name) {
        return Repository.FOLDER.example(name);
    }

    /** The names of all examples, sorted. */
    public static List<String> exampleNames() {
        return Repository.FOLDER.exampleNames();
    }

    /** The names of the examples of one type, sorted. */
    public static List<String> exampleNames(String type) {
        return Repository.FOLDER.exampleNames(type);
    }

    /** All event types that have a schema, sorted. */
    public static List<String> types() {
        return Repository.FOLDER.types();
    }
}
