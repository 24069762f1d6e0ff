package escale.http;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which request this is, for people ({@code X-Request-Id}) and for tracing (W3C {@code traceparent}). It travels on with
 * everything the request causes: a controller that passes it on takes it as an argument.
 */
public record Trace(String traceparent, String requestId) {
    static final String REQUEST_ID = "X-Request-Id";

    private static final String ATTRIBUTE = "escale.trace";
    private static final int LONGEST_REQUEST_ID = 128;

    /** The part of the traceparent that is the same in every service that takes part. */
    public String traceId() {
        return Traceparent.traceId(traceparent);
    }

    /** The trace of this request: continued from its headers, or begun here. */
    static Trace of(HttpRequest<?> request) {
        if (request.getAttribute(ATTRIBUTE).orElse(null) instanceof Trace known) {
            return known;
        }
        var headers = request.getHeaders();
        var trace = new Trace(Traceparent.continued(headers.get("traceparent")), requestId(headers.get(REQUEST_ID)));
        request.setAttribute(ATTRIBUTE, trace);
        return trace;
    }

    static String requestId(@Nullable String proposed) {
        return proposed != null && isSane(proposed) ? proposed : Uuid7.next().toString();
    }

    /** It ends up in logs and mails, so nothing gets in that could break out of a line there. */
    private static boolean isSane(String requestId) {
        if (requestId.isEmpty() || requestId.length() > LONGEST_REQUEST_ID) {
            return false;
        }
        for (int i = 0; i < requestId.length(); i++) {
            char c = requestId.charAt(i);
            if (!isPlain(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.:".indexOf(c) >= 0;
    }

    /** Hands the trace to controllers. */
    @Singleton
    static final class Binder implements TypedRequestArgumentBinder<Trace> {
        private static final Argument<Trace> TYPE = Argument.of(Trace.class);

        @Override
        public Argument<Trace> argumentType() {
            return TYPE;
        }

        @Override
        public BindingResult<Trace> bind(ArgumentConversionContext<Trace> context, HttpRequest<?> request) {
            var trace = Optional.of(of(request));
            return () -> trace;
        }
    }
}
