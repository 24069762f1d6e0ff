package escale.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused (RFC 9457): a {@code code} that programs may rely on for ever, a {@code detail} for people,
 * and the request id to ask support with.
 */
@Serdeable.Serializable
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "instance", "requestId", "errors"})
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @Nullable String instance,
        @Nullable String requestId,
        List<FieldError> errors,
        @JsonAnyGetter Map<String, Object> extensions) {

    /** One field of the request, and what is wrong with it. */
    @Serdeable.Serializable
    public record FieldError(String field, String message) {}

    private static final Set<String> MEMBERS =
            Set.of("type", "title", "status", "code", "detail", "instance", "requestId", "errors");

    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(
                "urn:escale:problem:" + code,
                Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' '),
                status.getCode(),
                code,
                detail,
                null,
                null,
                List.of(),
                Map.of());
    }

    public static Problem badRequest(String code, String detail) {
        return of(HttpStatus.BAD_REQUEST, code, detail);
    }

    /** The request can be read, but some of its values make no sense. */
    public static Problem invalid(FieldError... errors) {
        return invalid(List.of(errors));
    }

    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    private static Problem invalid(List<FieldError> errors) {
        var first = errors.getFirst();
        return badRequest("invalid-request", first.field() + " " + first.message())
                .withErrors(errors);
    }

    public static Problem unauthorized(String code, String detail) {
        return of(HttpStatus.UNAUTHORIZED, code, detail);
    }

    public static Problem forbidden(String code, String detail) {
        return of(HttpStatus.FORBIDDEN, code, detail);
    }

    /** Also the answer for what exists but belongs to someone else: a stranger must not learn which ids are taken. */
    public static Problem notFound(String code, String detail) {
        return of(HttpStatus.NOT_FOUND, code, detail);
    }

    public static Problem conflict(String code, String detail) {
        return of(HttpStatus.CONFLICT, code, detail);
    }

    public static Problem unprocessable(String code, String detail) {
        return of(HttpStatus.UNPROCESSABLE_ENTITY, code, detail);
    }

    public static Problem tooManyRequests(String code, String detail) {
        return of(HttpStatus.TOO_MANY_REQUESTS, code, detail);
    }

    public static Problem unavailable(String code, String detail) {
        return of(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
    }

    /** Adds a member of this problem's own, such as the number of seats that are left. */
    public Problem with(String name, Object value) {
        if (MEMBERS.contains(name)) {
            throw new IllegalArgumentException(name + " is a member of every problem");
        }
        var more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new Problem(
                type, title, status, code, detail, instance, requestId, errors, Collections.unmodifiableMap(more));
    }

    public Problem withErrors(List<FieldError> errors) {
        return new Problem(type, title, status, code, detail, instance, requestId, List.copyOf(errors), extensions);
    }

    /** Says which request it was: the doorstep does so for every problem that leaves, controllers need not. */
    Problem at(String path, String requestId) {
        return new Problem(type, title, status, code, detail, path, requestId, errors, extensions);
    }

    public MutableHttpResponse<Problem> answer() {
        return HttpResponse.<Problem>status(HttpStatus.valueOf(status))
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
                .body(this);
    }

    /** An answer that also says when to come back. */
    public MutableHttpResponse<Problem> answerRetryAfter(Duration wait) {
        return answer().header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
    }
}
