package escale.messaging;

import escale.runtime.Trace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service has to tell, before it is told: a CloudEvent whose id and time the outbox adds.
 *
 * @param key the aggregate it is about; events of one key stay in order
 * @param payload JSON, or null to erase the key from a compacted topic
 * @param headers beyond those of the envelope
 */
public record Event(
        String topic, String key, String type, byte @Nullable [] payload, Trace trace, Map<String, String> headers) {

    /** A larger one would be refused by the broker again and again, and hold up everything behind it. */
    private static final int LARGEST = 512 * 1024;

    public Event {
        if (payload != null && payload.length > LARGEST) {
            throw new IllegalArgumentException(
                    "An event of " + payload.length + " bytes is larger than " + LARGEST + ": " + type + " " + key);
        }
    }

    public Event(String topic, String key, String type, byte @Nullable [] payload, Trace trace) {
        this(topic, key, type, payload, trace, Map.of());
    }
}
