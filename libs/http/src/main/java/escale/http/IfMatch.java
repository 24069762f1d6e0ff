package escale.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The version that a change was decided on. A controller that takes it as an argument makes the header mandatory (428
 * without), and answers {@link ETag#stale} when the thing has moved on.
 */
public record IfMatch(long version) {
    // One strong tag as ETag writes it. "*" would mean "whatever it is by now", which is the mistake this guards
    // against.
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    /** Hands the version to controllers. */
    @Singleton
    static final class Binder implements TypedRequestArgumentBinder<IfMatch> {
        private static final Argument<IfMatch> TYPE = Argument.of(IfMatch.class);

        @Override
        public Argument<IfMatch> argumentType() {
            return TYPE;
        }

        @Override
        public BindingResult<IfMatch> bind(ArgumentConversionContext<IfMatch> context, HttpRequest<?> request) {
            var version = Optional.of(version(request));
            return () -> version;
        }

        private static IfMatch version(HttpRequest<?> request) {
            var header = request.getHeaders().get(HttpHeaders.IF_MATCH);
            if (header == null || header.isBlank()) {
                throw new ProblemException(Problem.of(
                        HttpStatus.PRECONDITION_REQUIRED,
                        "if-match-missing",
                        "Say in If-Match which version you want to change: its ETag"));
            }
            var tag = TAG.matcher(header.strip());
            if (!tag.matches()) {
                throw new ProblemException(
                        Problem.badRequest("if-match-invalid", "If-Match must be one ETag, as it was answered"));
            }
            return new IfMatch(Long.parseLong(tag.group(1)));
        }
    }
}
