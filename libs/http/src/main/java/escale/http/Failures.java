package escale.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for what was thrown: refusals as they are, everything unexpected as 500, told to the log and to nobody else. */
@Singleton
final class Failures implements ExceptionHandler<Throwable, HttpResponse<?>> {
    static final String INTERNAL =
            "Something went wrong on our side. If it keeps happening, please tell us the request id.";

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public HttpResponse<?> handle(HttpRequest request, Throwable thrown) {
        var answer = answer(request, thrown);
        Doorstep.finish(request, answer);
        return answer;
    }

    private static MutableHttpResponse<?> answer(HttpRequest<?> request, Throwable thrown) {
        return switch (thrown) {
            case ProblemException refused -> refused.problem().answer();
            case Unavailable away -> {
                LOG.warn("{} {} needs what is away: {}", request.getMethodName(), request.getPath(), away.toString());
                yield Problem.unavailable("unavailable", away.detail()).answerRetryAfter(away.retryAfter());
            }
            default -> {
                LOG.error(
                        "{} {} failed, request {}",
                        request.getMethodName(),
                        request.getPath(),
                        Trace.of(request).requestId(),
                        thrown);
                yield Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal", INTERNAL)
                        .answer();
            }
        };
    }
}
