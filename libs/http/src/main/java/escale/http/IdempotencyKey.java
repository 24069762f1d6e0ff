package escale.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The name a client gives to something it wants done once, so that it may ask again after an answer was lost. A
 * controller that takes it as an argument makes the header mandatory.
 */
public record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final String RULE = HEADER + " must be sent once, as 1 to 255 visible ASCII characters";

    public IdempotencyKey {
        if (!isValid(value)) {
            throw new IllegalArgumentException(RULE);
        }
    }

    private static boolean isValid(String value) {
        return !value.isEmpty() && value.length() <= LONGEST && value.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** Hands the key to controllers. */
    @Singleton
    static final class Binder implements TypedRequestArgumentBinder<IdempotencyKey> {
        private static final Argument<IdempotencyKey> TYPE = Argument.of(IdempotencyKey.class);

        @Override
        public Argument<IdempotencyKey> argumentType() {
            return TYPE;
        }

        @Override
        public BindingResult<IdempotencyKey> bind(
                ArgumentConversionContext<IdempotencyKey> context, HttpRequest<?> request) {
            var key = Optional.of(key(request));
            return () -> key;
        }

        private static IdempotencyKey key(HttpRequest<?> request) {
            var values = request.getHeaders().getAll(HEADER);
            if (values.isEmpty() || values.getFirst().isBlank()) {
                throw new ProblemException(
                        Problem.badRequest("idempotency-key-missing", "This request needs the header " + HEADER));
            }
            if (values.size() > 1 || !isValid(values.getFirst())) {
                throw new ProblemException(Problem.badRequest("idempotency-key-invalid", RULE));
            }
            return new IdempotencyKey(values.getFirst());
        }
    }
}
