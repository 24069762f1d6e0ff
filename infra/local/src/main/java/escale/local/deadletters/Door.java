package escale.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The API of a service, for an operator. What is refused is said in the service's own words.
 *
 * @param service as people call it
 */
record Door(String service, URI base, String token) {
    static final ObjectMapper JSON = new ObjectMapper();

    JsonNode call(String method, String path, Map<String, String> headers, @Nullable JsonNode body) {
        try {
            var connection = (HttpURLConnection) base.resolve(path).toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(30_000);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            headers.forEach(connection::setRequestProperty);
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
            throw new CannotStart(service + " does not answer at " + base + ": ./escale up starts it.");
        } catch (IOException e) {
            throw new CannotStart(service + "'s answer could not be read: " + e.getMessage());
        }
    }
}
