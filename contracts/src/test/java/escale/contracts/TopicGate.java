package escale.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** What a topic promises: where a key is found, in which order, for how long, and which types to expect. */
record TopicGate(Breaks breaks) {
    private static final List<String> FIXED = List.of("key", "partitions", "cleanup", "timestamps", "delay");

    void compare(String where, JsonNode released, JsonNode current) {
        FIXED.forEach(field -> breaks.unchanged(where, field, released, current));

        if (retention(current).compareTo(retention(released)) < 0) {
            breaks.refuse(where, "keeps its records for a shorter time");
        }

        for (var type : released.path("events")) {
            if (!current.path("events").valueStream().toList().contains(type)) {
                breaks.refuse(where, "no longer carries " + type.asText());
            }
        }
    }

    private static Duration retention(JsonNode topic) {
        return Duration.parse(topic.path("retention").asText());
    }
}
