package escale.drill.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import escale.drill.wire.Unreachable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What arrived by mail, from where all mails end on a machine for trying things out. Where mails end somewhere else there
 * is nothing to read, and nothing is said about it.
 *
 * @param since when the sink was empty for the last time; what was sent before need not be there
 * @param until when it was read
 */
public record MailSink(boolean readable, Instant since, Instant until, List<Letter> letters) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int ID_LENGTH = 36;

    /** Reads all of it; {@code until} is now, by the clock that notification goes by. */
    static MailSink read(URI where, Instant until) {
        return since(where)
                .map(since -> new MailSink(true, since, until, letters(where)))
                .orElseGet(() -> new MailSink(false, until, until, List.of()));
    }

    /** Empty where there is no sink, or another one than ours. */
    private static Optional<Instant> since(URI where) {
        try (var figures = open(where.resolve("/count"))) {
            return Optional.of(Instant.parse(
                    JsonMapper.builder().build().readTree(figures).path("since").asText()));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** One that is there must tell all of them: otherwise mails would be missed that have arrived. */
    private static List<Letter> letters(URI where) {
        try (var mails = open(where.resolve("/mails"));
                var parser = JSON.createParser(new BufferedInputStream(mails, 1 << 20))) {
            var letters = new ArrayList<Letter>();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                var letter = letter(parser);
                if (letter != null) {
                    letters.add(letter);
                }
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("They end in the middle");
            }
            return letters;
        } catch (IOException e) {
            throw new Unreachable("The mails at " + where + " cannot be read", e);
        }
    }

    private static InputStream open(URI where) throws IOException {
        var connection = (HttpURLConnection) where.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        return connection.getInputStream();
    }

    private static @Nullable Letter letter(JsonParser parser) throws IOException {
        @Nullable Letter letter = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (name.equals("headers")) {
                letter = ofHeaders(parser);
            } else {
                parser.skipChildren();
            }
        }
        return letter;
    }

    private static @Nullable Letter ofHeaders(JsonParser parser) throws IOException {
        @Nullable UUID booking = null;
        @Nullable UUID mail = null;
        var kind = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "X-Escale-Booking" -> booking = id(parser.getText());
                case "X-Escale-Kind" -> kind = parser.getText().intern();
                case "Message-ID" -> mail = id(parser.getText().replaceFirst("^<", ""));
                default -> parser.skipChildren();
            }
        }
        return booking == null ? null : new Letter(booking, mail, kind);
    }

    private static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text.substring(0, Math.min(ID_LENGTH, text.length())));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether a mail that left then must be here. */
    public boolean heard(Instant sentAt) {
        return readable && !sentAt.isBefore(since) && sentAt.isBefore(until);
    }
}
