package escale.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** A package without the mark is one the null checker does not look at. */
final class NullMarking {
    private NullMarking() {}

    static Stream<Violation> violations(House house) {
        var marked = house.written().stream()
                .filter(type -> type.isAnnotatedWith(NullMarked.class))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        return house.classes()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !marked.contains(name))
                .map(name -> new Violation(name, "has no package-info.java with @NullMarked"));
    }
}
