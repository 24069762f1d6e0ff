package escale.messaging;

import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Payloads as records. */
@Singleton
public final class Json {
    private final ObjectMapper mapper;

    public Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (IOException notSerializable) { // a fault in the program, not an absence of the disk or the network
            throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), notSerializable);
        }
    }

    /** The payload as the fields this reader declares; others are ignored, for producers may add some. */
    public <T> T read(Received received, Class<T> type) {
        var payload = received.payload();
        if (payload == null) {
            throw new Malformed("No payload where a " + received.type() + " was announced");
        }
        try {
            var value = mapper.readValue(payload, type);
            if (value == null) {
                throw new Malformed("The payload is the JSON null");
            }
            return value;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Malformed("Not a readable " + received.type() + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
