package escale.simulator.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one JSON document, field by field; much cheaper than building a tree of it first. */
public final class JsonOut {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private final JsonGenerator json;

    private JsonOut() {
        try {
            json = FACTORY.createGenerator(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that writes a part of a document. */
    @FunctionalInterface
    public interface Part {
        void write(JsonOut out);
    }

    /** A whole document that is one object. */
    public static byte[] document(Part fields) {
        var out = new JsonOut();
        out.value(fields);
        out.run(out.json::close);
        return out.bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void run(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    /** An object that stands as such in a list. */
    public JsonOut value(Part fields) {
        run(json::writeStartObject);
        fields.write(this);
        run(json::writeEndObject);
        return this;
    }

    public JsonOut object(String name, Part fields) {
        run(() -> json.writeFieldName(name));
        return value(fields);
    }

    public JsonOut list(String name, Part values) {
        run(() -> json.writeArrayFieldStart(name));
        values.write(this);
        run(json::writeEndArray);
        return this;
    }

    public JsonOut list(String name, List<String> values) {
        return list(name, out -> values.forEach(value -> out.run(() -> json.writeString(value))));
    }

    public JsonOut field(String name, @Nullable String value) {
        run(() -> json.writeStringField(name, value));
        return this;
    }

    public JsonOut field(String name, long value) {
        run(() -> json.writeNumberField(name, value));
        return this;
    }

    public JsonOut field(String name, boolean value) {
        run(() -> json.writeBooleanField(name, value));
        return this;
    }

    public JsonOut nothing(String... names) {
        for (var name : names) {
            run(() -> json.writeNullField(name));
        }
        return this;
    }

    public JsonOut object(String name, Map<String, String> fields) {
        return object(name, out -> fields.forEach(out::field));
    }
}
