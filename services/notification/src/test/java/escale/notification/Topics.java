package escale.notification;

import escale.testkit.Contracts;
import escale.testkit.Kafka;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The topics of the other services, as those would fill them. */
final class Topics {
    /** Made once per JVM. */
    private static final class Made {
        static {
            Kafka.createTopic("booking.events", 6);
            Kafka.createTopic("payment.events", 6);
            Kafka.createTopic("users", 2);
            Kafka.createTopic("tours", 2);
        }

        static void sure() {}
    }

    private Topics() {}

    static void exist() {
        Made.sure();
    }

    /** The example of a contract, with some of its values exchanged. */
    static String example(String name, Map<String, Object> values) {
        var json = new String(Contracts.example(name), StandardCharsets.UTF_8);
        for (var value : values.entrySet()) {
            var written = value.getValue() instanceof Number || value.getValue() instanceof Boolean
                    ? value.getValue().toString()
                    : "\"" + value.getValue().toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            json = json.replaceFirst(
                    "(\"" + value.getKey() + "\": )(\"[^\"]*\"|[^,\\s]+)",
                    "$1" + java.util.regex.Matcher.quoteReplacement(written));
        }
        return json;
    }

    static void tell(String topic, String key, String type, @Nullable String json) {
        tell(topic, key, type, json, "request-1");
    }

    static void tell(String topic, String key, String type, @Nullable String json, String requestId) {
        Kafka.topics()
                .produce(
                        topic,
                        key,
                        json == null ? null : json.getBytes(StandardCharsets.UTF_8),
                        Map.of("ce_type", type, "x-request-id", requestId));
    }

    /** A booking event about this booking, as its example tells it. */
    static void booking(String example, UUID bookingId, String userId, Map<String, Object> more) {
        var values = new java.util.HashMap<String, Object>(more);
        values.put("bookingId", bookingId);
        values.put("userId", userId);
        tell("booking.events", bookingId.toString(), type(example), example(example, values));
    }

    static void user(String userId, String email, String name, String locale, int version) {
        tell(
                "users",
                userId,
                "user.updated",
                example(
                        "user.updated",
                        Map.of("userId", userId, "email", email, "name", name, "locale", locale, "version", version)));
    }

    static String type(String example) {
        return example.replaceFirst("\\.\\d+$", "");
    }
}
