package escale.messaging;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** An event waiting to be told. Its id is the CloudEvents id: the same row sent twice carries the same one. */
record OutboxRow(
        long id, String topic, String key, String type, byte @Nullable [] payload, String headers, Instant createdAt) {

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

    ProducerRecord<String, byte[]> record(byte[] source) {
        var record = new ProducerRecord<String, byte[]>(topic, key, payload);
        Envelope.seal(record.headers(), Long.toString(id), type, source, createdAt);
        Envelope.fromLines(headers)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
