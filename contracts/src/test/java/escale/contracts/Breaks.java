package escale.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What would break if the contracts of today were released, one line each: where, and what changed. */
final class Breaks {
    private final List<String> lines = new ArrayList<>();

    /** Compares what a name stood for at the last release with what it stands for today. */
    interface Comparison {
        void compare(String where, JsonNode released, JsonNode current);
    }

    void refuse(String where, String change) {
        lines.add(where + " " + change);
    }

    /** Whatever was released must still be there under its name; what is new is nobody's concern yet. */
    void each(String where, JsonNode released, JsonNode current, Comparison comparison) {
        released.properties().forEach(promise -> {
            var name = where + promise.getKey();
            var now = current.get(promise.getKey());
            if (now == null) {
                refuse(name, "was removed");
            } else {
                comparison.compare(name, promise.getValue(), now);
            }
        });
    }

    void unchanged(String where, String field, JsonNode released, JsonNode current) {
        var before = released.path(field);
        var now = current.path(field);
        if (!before.equals(now)) {
            refuse(where, "has another %s: %s, released as %s".formatted(field, shown(now), shown(before)));
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "none" : value.isTextual() ? value.asText() : value.toString();
    }
}
