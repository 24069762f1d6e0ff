package escale.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.function.Supplier;

/** The version of a thing, as HTTP names it: answered with the thing, and demanded back by {@link IfMatch} on changes. */
public final class ETag {
    private ETag() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The thing with its version, or 304 for a client that has this version already: then the body is never made. */
    public static <T> MutableHttpResponse<T> answer(HttpRequest<?> request, long version, Supplier<T> body) {
        var tag = of(version);
        var known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
        var response = known != null && names(known, tag)
                ? HttpResponse.<T>status(HttpStatus.NOT_MODIFIED)
                : HttpResponse.ok(body.get());
        return response.header(HttpHeaders.ETAG, tag);
    }

    /** Somebody changed the thing since the client last read it: 412, naming the version it has now. */
    public static MutableHttpResponse<Problem> stale(long current) {
        return Problem.of(
                        HttpStatus.PRECONDITION_FAILED,
                        "stale-version",
                        "It was changed in the meantime: read it again, then decide")
                .with("currentVersion", current)
                .answer()
                .header(HttpHeaders.ETAG, of(current));
    }

    /** If-None-Match is a list, compared weakly: proxies that compress mark the tags they pass on as weak. */
    private static boolean names(String known, String tag) {
        for (var candidate : known.split(",", -1)) {
            var name = candidate.strip();
            if (name.equals("*") || name.equals(tag) || name.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
