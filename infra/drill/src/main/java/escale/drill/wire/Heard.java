package escale.drill.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A record as it came by.
 *
 * @param origin where the record was that this one repeats; its own place, if it repeats none
 * @param at when it was written, as System.nanoTime told then
 * @param sentAt the time of the record, in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares what was heard
public record Heard(
        String topic,
        int partition,
        long offset,
        String origin,
        String type,
        String key,
        byte[] value,
        long sentAt,
        long at) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public JsonNode json() {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
