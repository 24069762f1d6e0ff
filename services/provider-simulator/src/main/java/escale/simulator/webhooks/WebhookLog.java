package escale.simulator.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import escale.simulator.books.Event;
import escale.simulator.wire.JsonOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file with one line per delivery tried, so that a restart goes on with those that were not heard. */
public final class WebhookLog implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FileChannel file;
    private final Set<String> settledBefore = ConcurrentHashMap.newKeySet();

    /** What became of a delivery. */
    enum Result {
        HEARD,
        TRY_AGAIN,
        GIVEN_UP,
        /** It was switched off. */
        NEVER_SENT;

        boolean isFinal() {
            return this != TRY_AGAIN;
        }
    }

    public WebhookLog(Path path) throws IOException {
        if (Files.exists(path)) {
            try (var lines = Files.lines(path)) {
                lines.forEach(this::remember);
            }
        }
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private void remember(String line) {
        try {
            var json = MAPPER.readTree(line);
            if (json.path("final").asBoolean()) {
                settledBefore.add(
                        key(json.path("event").asText(), json.path("url").asText()));
            }
        } catch (IOException _) {
            // A line torn by a crash: that event is sent once more.
        }
    }

    private static String key(String event, String url) {
        return event + ' ' + url;
    }

    /** Whether an earlier run had done with this event. */
    boolean wasSettled(Event event, URI url) {
        return settledBefore.contains(key(event.id(), url.toString()));
    }

    void write(Delivery delivery, int status, Result result, Instant now) {
        var line = JsonOut.document(out -> out.field("time", now.toString())
                .field("event", delivery.event().id())
                .field("type", delivery.event().type())
                .field("url", delivery.endpoint().url().toString())
                .field("attempt", delivery.attempt())
                .field("status", status)
                .field("result", result.name())
                .field("final", result.isFinal()));
        try {
            file.write(ByteBuffer.allocate(line.length + 1)
                    .put(line)
                    .put((byte) '\n')
                    .flip());
        } catch (IOException e) {
            throw new UncheckedIOException("the webhook log cannot be written", e);
        }
    }

    public void clear() throws IOException {
        file.truncate(0);
        settledBefore.clear();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
