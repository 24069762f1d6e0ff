package escale.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import escale.http.Input;
import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.Shape;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.serde.exceptions.path.CollectionItemReferencePath;
import io.micronaut.serde.exceptions.path.PropertyReferencePath;
import io.micronaut.serde.exceptions.path.ReferencePath;
import java.time.DateTimeException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a client what is wrong with its body, and where, without a word about our classes. */
final class RefusedBody {
    private static final Logger log = LoggerFactory.getLogger(RefusedBody.class);

    // What the parser and the deserializer know about these they say in their messages only.
    private static final Pattern MISSING =
            Pattern.compile("(?:Null argument specified for|Required constructor parameter) \\[(?:.* )?(\\w+)]");
    private static final String REPEATED = "Duplicate field ";
    private static final String UNKNOWN = "Unknown property [";

    private RefusedBody() {}

    static Problem problem(Exception failure) {
        var path = failure instanceof SerdeException serde ? serde.getPath() : List.<ReferencePath>of();
        var field = field(path);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ProblemException refused -> {
                    return refused.problem();
                }
                case StrictParser.WrongKind wrong -> {
                    return Input.problem(field, wrong.getOriginalMessage());
                }
                case InputCoercionException _ -> {
                    return Input.problem(field, "is out of range");
                }
                case StreamConstraintsException _ -> {
                    return malformed("it is nested too deeply, or a number in it is too long");
                }
                case JsonProcessingException syntax -> {
                    return malformed(syntax);
                }
                case RuntimeException thrown
                when isFromOurCode(thrown) -> {
                    return ofConstructor(field, thrown);
                }
                default -> {}
            }
        }
        return ofDeserializer(field, path, Objects.requireNonNullElse(failure.getMessage(), ""));
    }

    private static Problem malformed(JsonProcessingException syntax) {
        var message = syntax.getOriginalMessage();
        var at = syntax.getLocation();
        return malformed(
                message.startsWith(REPEATED)
                        ? message
                        : "look at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
    }

    private static Problem malformed(String why) {
        return Problem.badRequest("malformed-json", "The body is not valid JSON: " + why);
    }

    /** A compact constructor says what it wants by IllegalArgumentException; anything else it throws may be a bug there. */
    private static Problem ofConstructor(String field, RuntimeException thrown) {
        if (thrown instanceof IllegalArgumentException || thrown instanceof DateTimeException) {
            return Input.problem(field, thrown.getMessage());
        }
        log.warn("A body was refused because its record could not be made", thrown);
        return Input.problem(field, null);
    }

    private static Problem ofDeserializer(String field, List<ReferencePath> path, String message) {
        var missing = MISSING.matcher(message);
        if (missing.find()) {
            return missing(field, missing.group(1));
        }
        if (message.startsWith(UNKNOWN)) {
            return Problem.invalid(field, "is not known here");
        }
        if (!path.isEmpty() && path.getFirst() instanceof PropertyReferencePath property) {
            return Problem.invalid(field, Shape.of(property.property()));
        }
        return Input.problem(field, field.isEmpty() ? "The body must be a JSON object" : null);
    }

    /** A null is reported from within its field, an absent field from around it. */
    private static Problem missing(String field, String name) {
        boolean isNull = field.equals(name) || field.endsWith("." + name);
        return Input.problem(field, isNull ? "is required" : name + ": is required");
    }

    /** The deserializer lists the steps from the inside out; a client reads {@code stops[0].city}. */
    private static String field(List<ReferencePath> path) {
        var field = new StringBuilder();
        for (var step : path.reversed()) {
            switch (step) {
                case CollectionItemReferencePath item ->
                    field.append('[').append(item.index()).append(']');
                default ->
                    field.append(field.isEmpty() ? "" : ".")
                            .append(step.getArgument().getName());
            }
        }
        return field.toString();
    }

    /** Not the JDK's or the framework's own words, which name classes and were never meant for clients. */
    private static boolean isFromOurCode(RuntimeException thrown) {
        for (var frame : thrown.getStackTrace()) {
            var name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.")) {
                return !name.startsWith("io.micronaut.") && !name.startsWith("com.fasterxml.");
            }
        }
        return false;
    }
}
