package escale.testkit;

import com.tngtech.archunit.core.domain.JavaField;
import java.util.Set;
import java.util.stream.Stream;

/** A field that is filled from outside after the constructor has run cannot be final, and hides a need. */
final class Injection {
    private static final Set<String> INJECTING = Set.of(
            "jakarta.inject.Inject",
            "io.micronaut.context.annotation.Value",
            "io.micronaut.context.annotation.Property");

    private Injection() {}

    static Stream<Violation> violations(House house) {
        return house.classes()
                .flatMap(type -> type.getFields().stream()
                        .filter(Injection::isInjected)
                        .map(field -> Violation.in(type, "has its field " + field.getName() + " injected")));
    }

    private static boolean isInjected(JavaField field) {
        return field.getAnnotations().stream()
                .anyMatch(
                        annotation -> INJECTING.contains(annotation.getRawType().getName()));
    }
}
