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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The books of the provider, added up by somebody who does not know its program: one JSON object per line, of which only
 * what is said at the top counts. A last line that is still being written is left out.
 */
final class LedgerFile {
    private static final JsonFactory JSON = new JsonFactory();

    private final List<Charge> charges = new ArrayList<>();
    private final Map<String, Long> refunds = new HashMap<>();

    private LedgerFile() {}

    static List<Charge> read(Path file) {
        if (!Files.exists(file)) {
            throw new Unreachable("There is no ledger of the provider at " + file);
        }
        var books = new LedgerFile();
        try (var parser = JSON.createParser(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                books.add(Line.of(parser));
            }
        } catch (JsonEOFException _) {
            // The last line, torn: promised to nobody yet.
        } catch (IOException e) {
            throw new Unreachable("The ledger of the provider at " + file + " cannot be read", e);
        }
        return books.charges.stream().map(books::withRefunds).toList();
    }

    private void add(Line line) {
        switch (line.type) {
            case "charge.succeeded" ->
                charges.add(new Charge(line.intent, line.booking, line.payment, line.amount, line.currency, 0));
            case "refund.succeeded" -> refunds.merge(line.intent, line.amount, Long::sum);
            case "refund.failed" -> refunds.merge(line.intent, -line.amount, Long::sum);
            default -> {}
        }
    }

    private Charge withRefunds(Charge charge) {
        var refunded = refunds.getOrDefault(charge.intent(), 0L);
        return refunded == 0
                ? charge
                : new Charge(
                        charge.intent(),
                        charge.booking(),
                        charge.payment(),
                        charge.amount(),
                        charge.currency(),
                        refunded);
    }

    /** The part of a line that is written for whoever adds the file up. */
    private static final class Line {
        private String type = "";
        private String intent = "";
        private String currency = "";
        private long amount;
        private @Nullable UUID booking;
        private @Nullable UUID payment;

        static Line of(JsonParser parser) throws IOException {
            var line = new Line();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> line.type = parser.getText();
                    case "paymentIntent" -> line.intent = parser.getText();
                    case "currency" ->
                        line.currency =
                                parser.getText().toUpperCase(Locale.ROOT).intern();
                    case "amount" -> line.amount = parser.getLongValue();
                    case "metadata" -> line.metadata(parser);
                    default -> parser.skipChildren();
                }
            }
            return line;
        }

        private void metadata(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "bookingId" -> booking = UUID.fromString(parser.getText());
                    case "paymentId" -> payment = UUID.fromString(parser.getText());
                    default -> parser.skipChildren();
                }
            }
        }
    }
}
