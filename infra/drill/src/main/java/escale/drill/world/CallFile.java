package escale.drill.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import escale.drill.wire.Unreachable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The provider's record of who called: a line for each call that asked for a change, answered or not. Of the many only
 * those are kept that should not have come: after the end of their payment, or for one that nothing was told about.
 *
 * @param readable whether there is such a record
 * @param count calls that would charge
 */
public record CallFile(boolean readable, long count, Map<UUID, List<Late>> late) {
    private static final JsonFactory JSON = new JsonFactory();
    /** An attempt charges, asks, and charges once more under another key: the last call begins two deadlines after it. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(10);

    /**
     * A call that should not have come.
     *
     * @param ended its payment had told its end; otherwise nothing was ever told about such a payment
     */
    public record Late(UUID payment, Instant at, boolean ended) {}

    static CallFile read(Path file, TopicDump topics) {
        if (!Files.exists(file)) {
            return new CallFile(false, 0, Map.of());
        }
        var late = new HashMap<UUID, List<Late>>();
        var count = 0L;
        try (var parser = JSON.createParser(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                var line = Line.of(parser);
                if (line.call.equals("create") || line.call.equals("confirm")) {
                    count++;
                    keepLate(line, topics, late);
                }
            }
        } catch (JsonEOFException _) {
            // The last line, torn.
        } catch (IOException e) {
            throw new Unreachable("The provider's record of calls at " + file + " cannot be read", e);
        }
        return new CallFile(true, count, late);
    }

    private static void keepLate(Line line, TopicDump topics, Map<UUID, List<Late>> late) {
        if (line.booking == null || line.payment == null) {
            return;
        }
        var told = topics.ofPayment(line.payment);
        var ended = told != null && told.endedBefore(line.at.minus(IN_FLIGHT).toEpochMilli());
        if (told == null || ended) {
            late.computeIfAbsent(line.booking, _ -> new ArrayList<>()).add(new Late(line.payment, line.at, ended));
        }
    }

    public List<Late> lateOf(UUID booking) {
        return late.getOrDefault(booking, List.of());
    }

    private static final class Line {
        private String call = "";
        private Instant at = Instant.EPOCH;
        private @Nullable UUID booking;
        private @Nullable UUID payment;

        static Line of(JsonParser parser) throws IOException {
            var line = new Line();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var value = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
                switch (name) {
                    case "call" -> line.call = value;
                    case "time" -> line.at = Instant.parse(value);
                    case "bookingId" -> line.booking = id(value);
                    case "paymentId" -> line.payment = id(value);
                    default -> parser.skipChildren();
                }
            }
            return line;
        }

        private static @Nullable UUID id(String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                return null; // somebody else's
            }
        }
    }
}
