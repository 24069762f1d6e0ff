package escale.drill.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered.
 *
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final int UUID_LENGTH = 36;

    public boolean accepted() {
        return status == 202;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The id at the end of Location, the cheapest place to find it. */
    public @Nullable UUID located() {
        var location = headers.get("location");
        if (location == null || location.length() < UUID_LENGTH) {
            return null;
        }
        return UUID.fromString(location.substring(location.length() - UUID_LENGTH));
    }

    public boolean replayed() {
        return "true".equals(headers.get("idempotent-replayed"));
    }

    /** A text field of the body, found without reading the rest; for fields whose name occurs once. */
    public @Nullable String field(String name) {
        var json = text();
        var at = json.indexOf("\"" + name + "\"");
        if (at < 0) {
            return null;
        }
        var open = json.indexOf('"', json.indexOf(':', at + name.length() + 2));
        var close = json.indexOf('"', open + 1);
        return open < 0 || close < 0 ? null : json.substring(open + 1, close);
    }
}
