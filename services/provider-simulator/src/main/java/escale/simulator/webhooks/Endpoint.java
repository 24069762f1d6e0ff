package escale.simulator.webhooks;

import java.net.URI;
import java.util.List;

/**
 * Who wants to hear of what.
 *
 * @param events the event types it asked for; {@code *} is all
 */
public record Endpoint(URI url, List<String> events) {

    @SuppressWarnings("ConstantValue") // JSON can leave out what the type says is there
    public Endpoint {
        if (url == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("the url of an endpoint must begin with http:// or https://");
        }
        events = events == null || events.isEmpty() ? List.of("*") : List.copyOf(events);
    }

    boolean wants(String type) {
        return events.contains("*") || events.contains(type);
    }
}
