package escale.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payment's API, as far as it is about dead letters. */
public record PaymentDoor(URI base, String token) {
    JsonNode get(String path) {
        return call("GET", path, Map.of(), null);
    }

    /** @param key under which it happens once, where that matters */
    JsonNode post(String path, @Nullable String key, @Nullable JsonNode body) {
        return call("POST", path, key == null ? Map.of() : Map.of("Idempotency-Key", key), body);
    }

    /**
     * Acts on a case as it was last seen.
     *
     * @param version of the case that the operator saw
     */
    JsonNode act(String method, String path, int version, JsonNode body) {
        return call(method, path, Map.of("If-Match", "\"" + version + "\""), body);
    }

    private JsonNode call(String method, String path, Map<String, String> headers, @Nullable JsonNode body) {
        return new Door("Payment", base, token).call(method, "/v1/dead-letters" + path, headers, body);
    }
}
