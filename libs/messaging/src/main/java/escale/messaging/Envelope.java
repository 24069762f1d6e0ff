package escale.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Names on the wire: CloudEvents 1.0 in binary mode, W3C trace context, and the header names Spring Kafka made common. */
public final class Envelope {
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String TIME = "ce_time";
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String CONTENT_TYPE = "content-type";
    public static final String TRACEPARENT = "traceparent";
    public static final String REQUEST_ID = "x-request-id";

    public static final String ORIGINAL_TOPIC = "kafka_dlt-original-topic";
    public static final String ORIGINAL_PARTITION = "kafka_dlt-original-partition";
    public static final String ORIGINAL_OFFSET = "kafka_dlt-original-offset";
    public static final String ORIGINAL_TIMESTAMP = "kafka_dlt-original-timestamp";
    public static final String ORIGINAL_GROUP = "kafka_dlt-original-consumer-group";
    public static final String ATTEMPTS = "retry_topic-attempts";
    public static final String ERROR_CLASS = "error-class";
    public static final String ERROR_MESSAGE = "error-message";
    public static final String FIRST_FAILURE_AT = "first-failure-at";
    /** Why the payload of a dead letter stayed where the record was first. */
    public static final String PAYLOAD_OMITTED = "payload-omitted";

    private static final byte[] VERSION = utf8("1.0");
    private static final byte[] JSON = utf8("application/json");

    private Envelope() {}

    static @Nullable String header(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Replaces, never appends. */
    static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, utf8(value));
    }

    /** What makes a record without headers a CloudEvent. */
    static void seal(Headers headers, String id, String type, byte[] source, Instant time) {
        headers.add(SPEC_VERSION, VERSION)
                .add(ID, utf8(id))
                .add(TYPE, utf8(type))
                .add(SOURCE, source)
                .add(TIME, utf8(time.toString()))
                .add(CONTENT_TYPE, JSON);
    }

    /** Whether the seal alone sets it, so that headers copied from another event do not give this one its id. */
    static boolean isOfTheSeal(String name) {
        return name.startsWith("ce_") || name.equals(CONTENT_TYPE);
    }

    /** Headers as the outbox keeps them: one {@code name: value} per line, readable in the table. */
    public static String toLines(Map<String, String> headers) {
        var lines = new StringBuilder();
        headers.forEach((name, value) ->
                lines.append(oneLine(name)).append(": ").append(oneLine(value)).append('\n'));
        return lines.toString();
    }

    public static Map<String, String> fromLines(String lines) {
        var headers = new LinkedHashMap<String, String>();
        lines.lines().forEach(line -> {
            var colon = line.indexOf(": ");
            headers.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return headers;
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
