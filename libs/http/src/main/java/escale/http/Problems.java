package escale.http;

import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.server.exceptions.NotAcceptableException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.UnsupportedMediaException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns whatever the framework refuses by itself (no such path, no such method, a bad parameter) into a problem. */
@Singleton
final class Problems implements ErrorResponseProcessor<Problem> {

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> answer) {
        var problem = problem(answer.status(), context.getRootCause().orElse(null));
        var response = answer.status(problem.status()).body(problem);
        Doorstep.finish(context.getRequest(), response);
        return response;
    }

    /** What there is to say when only the status is known. */
    static Problem of(HttpStatus status) {
        return Problem.of(status, code(status), detail(status));
    }

    private static Problem problem(HttpStatus status, @Nullable Throwable cause) {
        return switch (cause) {
            case ConversionErrorException bad ->
                Problem.invalid(bad.getArgument().getName(), Shape.of(bad.getArgument()));
            case UnsatisfiedRouteException missing
            when isBody(missing.getArgument()) -> Problem.badRequest("body-missing", "This request needs a JSON body");
            case UnsatisfiedRouteException missing ->
                Problem.invalid(missing.getArgument().getName(), "is required");
            case NotAllowedException wrong ->
                Problem.of(status, "method-not-allowed", "This address knows only " + wrong.getAllowedMethods());
            case NotAcceptableException wrong ->
                Problem.of(status, "not-acceptable", "This address answers with " + wrong.getProduceableContentTypes());
            case UnsupportedMediaException wrong ->
                Problem.of(status, "unsupported-media-type", "This address reads " + wrong.getAcceptableContentTypes());
            case null, default -> of(status);
        };
    }

    private static boolean isBody(Argument<?> argument) {
        return argument.getAnnotationMetadata().hasAnnotation(Body.class);
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case INTERNAL_SERVER_ERROR -> "internal";
            case REQUEST_ENTITY_TOO_LARGE -> "too-large";
            default -> status.getReason().toLowerCase(Locale.ROOT).replace(' ', '-');
        };
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "This is not a request that can be read";
            case NOT_FOUND -> "There is nothing at this address";
            case REQUEST_ENTITY_TOO_LARGE -> "The request is larger than what is read here";
            case INTERNAL_SERVER_ERROR ->
                "Something went wrong on our side. If it keeps happening, please tell us the request id";
            default -> status.getReason();
        };
    }
}
