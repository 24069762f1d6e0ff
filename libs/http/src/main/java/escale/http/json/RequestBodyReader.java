package escale.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import escale.http.ProblemException;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.io.buffer.ReferenceCounted;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.Headers;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.body.MessageBodyReader;
import io.micronaut.http.codec.CodecException;
import io.micronaut.json.body.JsonMessageHandler;
import io.micronaut.serde.Deserializer;
import io.micronaut.serde.LimitingStream;
import io.micronaut.serde.SerdeRegistry;
import io.micronaut.serde.config.DeserializationConfiguration;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.jackson.JacksonDecoder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code @Body} of a request. A property the record does not declare is refused, so that nobody can even try
 * to send a price, a status or somebody else's id; so are repeated properties, and values of the wrong kind.
 */
@Singleton
@Order(JsonMessageHandler.ORDER - 1)
@Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_MERGE_PATCH})
final class RequestBodyReader<T> implements MessageBodyReader<T> {
    private static final int DEEPEST = 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(40)
                    .build())
            .build();

    private final SerdeRegistry registry;
    private final Deserializer.DecoderContext context;
    private final Map<Argument<?>, Deserializer<? extends T>> deserializers = new ConcurrentHashMap<>();

    RequestBodyReader(SerdeRegistry registry, DeserializationConfiguration usual) {
        this.registry = registry.cloneWithConfiguration(null, null, new Strict(usual));
        this.context = this.registry.newDecoderContext(null);
    }

    /** Bodies of requests only: what other services answer to our own calls may hold more than we know of. */
    @Override
    public boolean isReadable(Argument<T> type, @Nullable MediaType mediaType) {
        return type.getAnnotationMetadata().hasAnnotation(Body.class);
    }

    @Override
    public @Nullable T read(Argument<T> type, @Nullable MediaType mediaType, Headers headers, ByteBuffer<?> buffer) {
        var value = read(type, buffer.toByteArray());
        if (buffer instanceof ReferenceCounted counted) {
            counted.release(); // as the interface demands; after a failure the caller does it
        }
        return value;
    }

    @Override
    public @Nullable T read(Argument<T> type, @Nullable MediaType mediaType, Headers headers, InputStream stream) {
        try {
            return read(type, stream.readAllBytes());
        } catch (IOException e) {
            throw new CodecException("The body broke off", e);
        }
    }

    private @Nullable T read(Argument<T> type, byte[] json) {
        try (var parser = new StrictParser(JSON.createParser(json))) {
            var decoder = JacksonDecoder.create(parser, LimitingStream.DEFAULT_LIMITS);
            var value = deserializer(type).deserializeNullable(decoder, context, type);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "Nothing may follow the first value");
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(RefusedBody.problem(e));
        }
    }

    private Deserializer<? extends T> deserializer(Argument<T> type) throws SerdeException {
        var known = deserializers.get(type);
        if (known != null) {
            return known;
        }
        var made = context.findDeserializer(type).createSpecific(context, type);
        deserializers.put(type, made);
        return made;
    }

    /** What the process uses elsewhere, but with nothing ignored and nothing made up. */
    private record Strict(DeserializationConfiguration usual) implements DeserializationConfiguration {
        @Override
        public boolean isIgnoreUnknown() {
            return false;
        }

        @Override
        public boolean isStrictNullable() {
            return true;
        }

        @Override
        public boolean isFailOnNullForPrimitives() {
            return true;
        }

        @Override
        public int getArraySizeThreshold() {
            return usual.getArraySizeThreshold();
        }
    }
}
