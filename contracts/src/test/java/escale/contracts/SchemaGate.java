package escale.contracts;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a JSON schema promises to those who write such documents and to those who read them. What the gate has no rule
 * for may not change at all: a format, a pattern, a limit somebody sized a column by.
 */
record SchemaGate(Breaks breaks, Traffic traffic) {
    private static final Set<String> PROSE = Set.of("title", "description", "examples", "$comment", "deprecated");
    private static final Set<String> RULED = Set.of("properties", "required", "items", "const", "enum");

    /** Who holds on to the released schema while ours moves on. */
    enum Traffic {
        /** Written by our older selves into topics that keep it, read by services we do not see. */
        EVENT,
        /** Written by clients. */
        REQUEST,
        /** Read by clients. */
        RESPONSE;

        boolean writtenByOthers() {
            return this != RESPONSE;
        }

        boolean readByOthers() {
            return this != REQUEST;
        }
    }

    void compare(String where, JsonNode released, JsonNode current) {
        breaks.each(where + ".", released.path("properties"), current.path("properties"), this::compare);
        if (released.has("items") || current.has("items")) {
            compare(where + "[]", released.path("items"), current.path("items"));
        }
        compareRequired(where, strings(released.path("required")), strings(current.path("required")));
        compareValues(where, values(released), values(current));
        keywords(released, current).forEach(keyword -> compareKeyword(where, keyword, released, current));
    }

    private void compareRequired(String where, Set<String> released, Set<String> current) {
        if (traffic.writtenByOthers()) {
            minus(current, released).forEach(field -> breaks.refuse(where + "." + field, "is required now"));
        }
        if (traffic.readByOthers()) {
            minus(released, current).forEach(field -> breaks.refuse(where + "." + field, "is no longer certain"));
        }
    }

    private void compareValues(String where, Set<String> released, Set<String> current) {
        if (current.isEmpty()) {
            return;
        }
        if (released.isEmpty()) {
            breaks.refuse(where, "is narrowed to " + current);
        }
        minus(released, current).forEach(value -> breaks.refuse(where, "can no longer be " + value));
    }

    private void compareKeyword(String where, String keyword, JsonNode released, JsonNode current) {
        if (traffic == Traffic.REQUEST && loosened(keyword, released.path(keyword), current.path(keyword))) {
            return;
        }
        breaks.unchanged(where, keyword, released, current);
    }

    /** A client that keeps a limit keeps a looser one too. */
    private static boolean loosened(String keyword, JsonNode released, JsonNode current) {
        return switch (keyword) {
            case "minimum", "minLength", "minItems" ->
                current.asLong(Long.MIN_VALUE) <= released.asLong(Long.MIN_VALUE);
            case "maximum", "maxLength", "maxItems" ->
                current.asLong(Long.MAX_VALUE) >= released.asLong(Long.MAX_VALUE);
            default -> false;
        };
    }

    private static Set<String> keywords(JsonNode released, JsonNode current) {
        var keywords = Document.names(released);
        keywords.addAll(Document.names(current));
        return minus(minus(keywords, PROSE), RULED);
    }

    private static Set<String> values(JsonNode schema) {
        return schema.has("const") ? Set.of(schema.get("const").asText()) : strings(schema.path("enum"));
    }

    private static Set<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).collect(toCollection(LinkedHashSet::new));
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        var rest = new LinkedHashSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
