package escale.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Payment's API, as far as it is about dead letters. */
public record PaymentDoor(URI base, String token) {
    static final ObjectMapper JSON = new ObjectMapper();

    JsonNode get(String path) {
        return call("GET", path, null, null, null);
    }

    /** @param key under which it happens once, where that matters */
    JsonNode post(String path, @Nullable String key, @Nullable JsonNode body) {
        return call("POST", path, "Idempotency-Key", key, body);
    }

    /**
     * Acts on a case as it was last seen.
     *
     * @param version of the case that the operator saw
     */
    JsonNode act(String method, String path, int version, JsonNode body) {
        return call(method, path, "If-Match", "\"" + version + "\"", body);
    }

    private JsonNode call(
            String method, String path, @Nullable String header, @Nullable String value, @Nullable JsonNode body) {
        try {
            var connection = (HttpURLConnection)
                    base.resolve("/v1/dead-letters" + path).toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(30_000);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            if (header != null && value != null) {
                connection.setRequestProperty(header, value);
            }
            if (body != null) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(JSON.writeValueAsBytes(body));
            }
            if (connection.getResponseCode() < 400) {
                return JSON.readTree(connection.getInputStream());
            }
            var problem = JSON.readTree(connection.getErrorStream());
            throw new CannotStart("%s (%d %s)"
                    .formatted(
                            problem.path("detail").asText(),
                            connection.getResponseCode(),
                            problem.path("code").asText()));
        } catch (ConnectException e) {
            throw new CannotStart("Payment does not answer at " + base + ": ./escale up starts it.");
        } catch (IOException e) {
            throw new CannotStart("Payment's answer could not be read: " + e.getMessage());
        }
    }
}
