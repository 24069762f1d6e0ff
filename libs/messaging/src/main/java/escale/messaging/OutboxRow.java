package escale.messaging;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** An event waiting to be told. Its id is the CloudEvents id: the same row sent twice carries the same one. */
record OutboxRow(
        long id, String topic, String key, String type, byte @Nullable [] payload, String headers, Instant createdAt) {

    record Position(int shard, long id) {}

    static OutboxRow of(ResultSet row) throws SQLException {
        return new OutboxRow(
                row.getLong("id"),
                Objects.requireNonNull(row.getString("topic")),
                Objects.requireNonNull(row.getString("key")),
                Objects.requireNonNull(row.getString("type")),
                row.getBytes("payload"),
                Objects.requireNonNull(row.getString("headers")),
                row.getTimestamp("created_at").toInstant());
    }

    ProducerRecord<String, byte[]> record(String source) {
        var record = new ProducerRecord<String, byte[]>(topic, key, payload);
        var out = record.headers();
        Envelope.put(out, Envelope.SPEC_VERSION, "1.0");
        Envelope.put(out, Envelope.ID, Long.toString(id));
        Envelope.put(out, Envelope.TYPE, type);
        Envelope.put(out, Envelope.SOURCE, source);
        Envelope.put(out, Envelope.TIME, createdAt.toString());
        Envelope.put(out, Envelope.CONTENT_TYPE, "application/json");
        Envelope.fromLines(headers).forEach((name, value) -> Envelope.put(out, name, value));
        return record;
    }
}
