package escale.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The examples of a type: the file named after it, and its variants {@code .2}, {@code .3}, … */
final class Examples {
    private Examples() {}

    static String type(String example) {
        return example.replaceFirst("\\.[0-9]+$", "");
    }

    static List<JsonNode> of(Contracts contracts, String type) {
        return contracts.examples().properties().stream()
                .filter(example -> type(example.getKey()).equals(type))
                .map(Map.Entry::getValue)
                .toList();
    }
}
