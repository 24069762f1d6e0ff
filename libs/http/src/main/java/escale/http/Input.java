package escale.http;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where bad input dies: the compact constructors of request records throw {@link IllegalArgumentException}, and that is
 * a 400 whose message the client reads. {@code "people: must be 1 to 50"} names the field as well.
 */
public final class Input {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][\\w.\\[\\]]*): (.+)", Pattern.DOTALL);

    private Input() {}

    /** Makes a record from what a client sent; use it where a door turns its JSON into a request of the domain. */
    public static <T> T of(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(problem("", e.getMessage()));
        }
    }

    /** The problem that a constructor's message describes, for the object at this path of the body. */
    public static Problem problem(String path, @Nullable String message) {
        if (message == null) {
            return at(path, "is not acceptable");
        }
        var named = FIELD.matcher(message);
        if (named.matches()) {
            return at(path.isEmpty() ? named.group(1) : path + "." + named.group(1), named.group(2));
        }
        return at(path, message);
    }

    private static Problem at(String path, String message) {
        return path.isEmpty() ? Problem.badRequest("invalid-request", message) : Problem.invalid(path, message);
    }
}
