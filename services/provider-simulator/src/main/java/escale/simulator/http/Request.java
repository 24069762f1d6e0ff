package escale.simulator.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request as it arrived; header names are kept in lower case, and every body here is text. */
public record Request(String method, String path, String query, Map<String, String> headers, String body) {

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
