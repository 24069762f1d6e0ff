package escale.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import org.jspecify.annotations.Nullable;

/** Every request passes here on its way in, where it gets its trace, and every answer on its way out. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Doorstep implements Ordered {

    @RequestFilter
    void enter(HttpRequest<?> request, MutablePropagatedContext context) {
        context.add(new TracedLog(RequestTrace.of(request)));
        // PostgreSQL stores no NUL: in a path or a query it would come back as a failure of ours.
        if (request.getUri().toString().contains("%00")) {
            throw new ProblemException(Problem.badRequest("invalid-request", "The address contains a NUL character"));
        }
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
        finish(request, response);
    }

    /** What every answer carries; also called for requests too broken to get as far as a filter. */
    static void finish(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var requestId = RequestTrace.of(request).requestId();
        var headers = response.getHeaders();
        headers.set(RequestTrace.REQUEST_ID, requestId);
        headers.set("X-Content-Type-Options", "nosniff");
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        var problem = problem(response);
        if (problem != null) {
            response.contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
                    .body(problem.at(request.getPath(), requestId));
        }
    }

    /** A refusal without a word gets the words that go with its status. */
    private static @Nullable Problem problem(HttpResponse<?> response) {
        var body = response.body();
        if (body == null && response.code() >= HttpStatus.BAD_REQUEST.getCode()) {
            return Problems.of(response.status());
        }
        return body instanceof Problem problem ? problem : null;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
