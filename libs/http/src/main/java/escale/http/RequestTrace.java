package escale.http;

import escale.runtime.Ids;
import escale.runtime.Trace;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands controllers the {@link Trace} of a request: continued from what its caller sent, or begun here. */
@Singleton
final class RequestTrace implements TypedRequestArgumentBinder<Trace> {
    static final String REQUEST_ID = "X-Request-Id";

    private static final Argument<Trace> TYPE = Argument.of(Trace.class);
    private static final String ATTRIBUTE = "escale.trace";
    private static final int LONGEST_REQUEST_ID = 128;

    @Override
    public Argument<Trace> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<Trace> bind(ArgumentConversionContext<Trace> context, HttpRequest<?> request) {
        var trace = Optional.of(of(request));
        return () -> trace;
    }

    /** The same for the whole life of the request, whoever asks first. */
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
        return proposed != null && isPlain(proposed) ? proposed : Ids.next().toString();
    }

    /** It ends up in logs and mails, so nothing gets in that could break out of a line there. */
    private static boolean isPlain(String requestId) {
        if (requestId.isEmpty() || requestId.length() > LONGEST_REQUEST_ID) {
            return false;
        }
        for (int i = 0; i < requestId.length(); i++) {
            if (!isPlain(requestId.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.:".indexOf(c) >= 0;
    }
}
