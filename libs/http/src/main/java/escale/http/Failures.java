package escale.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.netty.NettyHttpRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for what was thrown: refusals as they are, everything unexpected as 500, told to the log and to nobody else. */
@Singleton
final class Failures implements ExceptionHandler<Throwable, HttpResponse<?>> {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public HttpResponse<?> handle(HttpRequest request, Throwable thrown) {
        var answer = answer(request, thrown);
        Doorstep.finish(request, answer);
        return answer;
    }

    private static MutableHttpResponse<?> answer(HttpRequest<?> request, Throwable thrown) {
        if (thrown instanceof ProblemException refused) {
            return refused.problem().answer();
        }
        if (thrown instanceof Unavailable away) {
            return unavailable(request, away, away.detail(), away.retryAfter());
        }
        if (isDatabaseAway(thrown)) {
            return unavailable(request, thrown, "The database is away for a moment", Duration.ofSeconds(1));
        }
        if (thrown instanceof IOException && hasLeft(request)) {
            log.debug("{} {} was given up by its client", request.getMethodName(), request.getPath());
            return Problems.of(HttpStatus.BAD_REQUEST).answer();
        }
        log.error(
                "{} {} failed, request {}",
                request.getMethodName(),
                request.getPath(),
                RequestTrace.of(request).requestId(),
                thrown);
        return Problems.of(HttpStatus.INTERNAL_SERVER_ERROR).answer();
    }

    /** A client that hangs up amid its request is no failure of ours, and nobody will read the answer. */
    private static boolean hasLeft(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                && !netty.getChannelHandlerContext().channel().isActive();
    }

    /** Expected in a bad hour and retried by whoever asked: one line, no stack. */
    private static MutableHttpResponse<?> unavailable(
            HttpRequest<?> request, Throwable thrown, String detail, Duration retryAfter) {
        log.warn("{} {} needs what is away: {}", request.getMethodName(), request.getPath(), thrown.toString());
        return Problem.unavailable("unavailable", detail).answerRetryAfter(retryAfter);
    }

    /** It cannot be reached (class 08), is full (53) or is shutting down (57P), or JDBC itself calls it passing. */
    private static boolean isDatabaseAway(@Nullable Throwable thrown) {
        return switch (thrown) {
            case null -> false;
            case SQLTransientException _, SQLRecoverableException _, SQLNonTransientConnectionException _ -> true;
            case SQLException sql when isPassing(sql.getSQLState()) -> true;
            default -> isDatabaseAway(thrown.getCause());
        };
    }

    private static boolean isPassing(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
    }
}
