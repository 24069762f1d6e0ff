package escale.messaging;

import escale.runtime.Trace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record as it came from a topic, with the envelope in words. */
public record Received(ConsumerRecord<String, byte[]> record) {

    public String topic() {
        return record.topic();
    }

    public int partition() {
        return record.partition();
    }

    public long offset() {
        return record.offset();
    }

    public Instant timestamp() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    public @Nullable String key() {
        return record.key();
    }

    /** Null is a tombstone. */
    public byte @Nullable [] payload() {
        return record.value();
    }

    /** The event's type; empty when the record carries none, which no consumer knows. */
    public String type() {
        return Objects.requireNonNullElse(header(Envelope.TYPE), "");
    }

    public @Nullable String header(String name) {
        return Envelope.header(record.headers(), name);
    }

    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        for (var header : record.headers()) {
            headers.put(header.key(), Objects.requireNonNullElse(header(header.key()), ""));
        }
        return headers;
    }

    public Trace trace() {
        return new Trace(
                Objects.requireNonNullElse(header(Envelope.TRACEPARENT), ""),
                Objects.requireNonNullElse(header(Envelope.REQUEST_ID), ""));
    }

    /** Where it came from, as people write it: topic-partition@offset. */
    @Override
    public String toString() {
        return topic() + "-" + partition() + "@" + offset();
    }
}
