package escale.http.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A parser that takes a value as what it is: no {@code "5"} or {@code 5.9} for a whole number, no NUL within text. */
final class StrictParser extends JsonParserDelegate {

    /** A value of the wrong kind; the message is for the client. */
    static final class WrongKind extends JsonParseException {
        WrongKind(JsonParser parser, String message) {
            super(parser, message);
        }
    }

    StrictParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public @Nullable String nextTextValue() throws IOException {
        nextToken();
        return getValueAsString();
    }

    @Override
    public String getText() throws IOException {
        var text = super.getText();
        if (text.indexOf('\0') >= 0) {
            throw new WrongKind(this, "must not contain a NUL character");
        }
        return text;
    }

    @Override
    public @Nullable String getValueAsString() throws IOException {
        return switch (currentToken()) {
            case VALUE_STRING -> getText();
            case VALUE_NULL -> null;
            case null, default -> throw new WrongKind(this, "must be text");
        };
    }

    @Override
    public int nextIntValue(int otherwise) throws IOException {
        return isWholeNumberNext() ? getIntValue() : otherwise;
    }

    @Override
    public long nextLongValue(long otherwise) throws IOException {
        return isWholeNumberNext() ? getLongValue() : otherwise;
    }

    @Override
    public int getValueAsInt() throws IOException {
        throw notWhole();
    }

    @Override
    public long getValueAsLong() throws IOException {
        throw notWhole();
    }

    @Override
    public @Nullable Boolean nextBooleanValue() throws IOException {
        return switch (nextToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new WrongKind(this, "must be true or false");
        };
    }

    private boolean isWholeNumberNext() throws IOException {
        return switch (nextToken()) {
            case VALUE_NUMBER_INT -> true;
            case VALUE_NULL -> false;
            default -> throw notWhole();
        };
    }

    private WrongKind notWhole() {
        return new WrongKind(this, "must be a whole number");
    }
}
