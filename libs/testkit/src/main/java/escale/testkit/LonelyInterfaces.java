package escale.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;

/** An interface whose only implementation is one class is that class written twice. */
final class LonelyInterfaces {
    private LonelyInterfaces() {}

    static Stream<Violation> violations(House house) {
        return house.classes()
                .filter(type -> type.isInterface() && !type.isAnnotation())
                .filter(type -> !type.isAnnotatedWith(FunctionalInterface.class)
                        && !type.reflect().isSealed())
                .filter(type -> implementations(type) == 1)
                .map(type -> Violation.in(type, "has a single implementation"));
    }

    private static long implementations(JavaClass type) {
        return type.getAllSubclasses().stream()
                .filter(each -> !each.isInterface())
                .count();
    }
}
