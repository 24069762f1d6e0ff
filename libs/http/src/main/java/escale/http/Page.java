package escale.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list, and the cursor of the next one if there is more. An empty page says that it is empty. */
@Serdeable.Serializable
public record Page<T>(
        @JsonInclude(JsonInclude.Include.ALWAYS) List<T> items,
        @Nullable String next) {

    /** A page of the rows a store found when it was asked for {@link PageRequest#rows()} of them. */
    public static <R, T> Page<T> of(List<R> rows, PageRequest wanted, Function<R, Cursor> cursor, Function<R, T> item) {
        boolean more = rows.size() > wanted.limit();
        var shown = more ? rows.subList(0, wanted.limit()) : rows;
        return new Page<>(
                shown.stream().map(item).toList(),
                more ? cursor.apply(shown.getLast()).encode() : null);
    }

    /** The page, with a {@code Link} to the next one that keeps the filters of this request. */
    public MutableHttpResponse<Page<T>> answer(HttpRequest<?> request) {
        var response = HttpResponse.ok(this);
        if (next != null) {
            response.header(HttpHeaders.LINK, "<" + nextAddress(request, next) + ">; rel=\"next\"");
        }
        return response;
    }

    private static String nextAddress(HttpRequest<?> request, String next) {
        var uri = request.getUri();
        var query = new StringJoiner("&", "?", "");
        if (uri.getRawQuery() != null) {
            Arrays.stream(uri.getRawQuery().split("&", -1))
                    .filter(parameter -> !parameter.startsWith("cursor="))
                    .forEach(query::add);
        }
        return uri.getRawPath() + query.add("cursor=" + next);
    }
}
