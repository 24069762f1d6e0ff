package escale.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.stream.Stream;

/** Words on the console carry no level and no trace id, and java.util.logging is nobody's log here. */
final class Speech {
    private static final Set<String> CONSOLE = Set.of("out", "err");

    private Speech() {}

    static Stream<Violation> violations(House house) {
        return house.classes()
                .flatMap(type -> Stream.of(console(type), stackTraces(type), julLogging(type))
                        .flatMap(sentences -> sentences)
                        .distinct()
                        .map(what -> Violation.in(type, what)));
    }

    private static Stream<String> console(JavaClass type) {
        return type.getFieldAccessesFromSelf().stream()
                .map(access -> access.getTarget())
                .filter(field -> field.getOwner().isEquivalentTo(System.class) && CONSOLE.contains(field.getName()))
                .map(field -> "speaks through System." + field.getName());
    }

    private static Stream<String> stackTraces(JavaClass type) {
        return type.getCodeUnitAccessesFromSelf().stream()
                .filter(call -> call.getTarget().getName().equals("printStackTrace"))
                .map(_ -> "prints a stack trace");
    }

    private static Stream<String> julLogging(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(name -> name.equals("java.util.logging"))
                .map(name -> "uses " + name);
    }
}
