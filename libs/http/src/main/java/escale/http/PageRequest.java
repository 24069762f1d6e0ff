package escale.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which page of a list is wanted: {@code ?limit=20&cursor=…}, both optional. Stores read {@link #rows()} rows. */
public record PageRequest(int limit, @Nullable Cursor after) {
    private static final int USUAL = 20;
    private static final int LARGEST = 100;

    public PageRequest {
        if (limit < 1 || limit > LARGEST) {
            throw new ProblemException(Problem.invalid("limit", "must be 1 to " + LARGEST));
        }
    }

    /** One row more than the page shows: it tells whether there is a next page. */
    public int rows() {
        return limit + 1;
    }

    /** Hands the wanted page to controllers. */
    @Singleton
    static final class Binder implements TypedRequestArgumentBinder<PageRequest> {
        private static final Argument<PageRequest> TYPE = Argument.of(PageRequest.class);

        @Override
        public Argument<PageRequest> argumentType() {
            return TYPE;
        }

        @Override
        public BindingResult<PageRequest> bind(ArgumentConversionContext<PageRequest> context, HttpRequest<?> request) {
            var query = request.getParameters();
            var cursor = query.get("cursor");
            var page = Optional.of(
                    new PageRequest(limit(query.get("limit")), cursor == null ? null : Cursor.decode(cursor)));
            return () -> page;
        }

        private static int limit(@Nullable String text) {
            try {
                return text == null ? USUAL : Integer.parseInt(text);
            } catch (NumberFormatException _) {
                return 0; // which is refused like any other limit that is none
            }
        }
    }
}
