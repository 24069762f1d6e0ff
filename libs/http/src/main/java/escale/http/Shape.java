package escale.http;

import io.micronaut.core.type.Argument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;

/** Says in a client's words what a value ought to look like. */
public final class Shape {
    private Shape() {}

    public static String of(Argument<?> argument) {
        var wanted = argument.isOptional() ? argument.getFirstTypeVariable().orElse(argument) : argument;
        return "must be " + of(wanted.getType());
    }

    private static String of(Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type)) {
            return "text";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        if (type == Instant.class) {
            return "an instant such as 2026-05-01T09:00:00Z";
        }
        if (type == LocalDate.class) {
            return "a date such as 2026-05-01";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number in range";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (Iterable.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() ? "an object" : "of another form";
    }
}
