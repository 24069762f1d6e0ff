package escale.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A use case that asks the machine for the time or for chance cannot be tested at another time or twice the same way.
 * Doors and factories are where both come from; durations are measured with System.nanoTime.
 */
final class TimeAndIds {
    private static final Set<String> CLOCKLESS =
            Set.of("java.lang.System.currentTimeMillis()", "java.util.Date.<init>()", "java.util.UUID.randomUUID()");
    private static final Set<String> FACTORIES = Set.of("io.micronaut.context.annotation.Factory");

    private TimeAndIds() {}

    static Stream<Violation> violations(House house) {
        return house.classes()
                .filter(type -> !Doors.isDoor(house, house.placeOf(type)) && !isFactory(type))
                .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream()
                        .filter(TimeAndIds::asksTheMachine)
                        .map(call -> Violation.in(
                                type, "calls " + call.getTarget().getFullName() + " in line " + call.getLineNumber())));
    }

    private static boolean asksTheMachine(JavaCodeUnitAccess<?> call) {
        var target = call.getTarget().getFullName();
        var withoutClock =
                target.startsWith("java.time.") && target.contains(".now(") && !target.contains("java.time.Clock");
        return withoutClock || target.startsWith("java.time.Clock.system") || CLOCKLESS.contains(target);
    }

    private static boolean isFactory(JavaClass type) {
        return type.getAnnotations().stream()
                .anyMatch(
                        annotation -> FACTORIES.contains(annotation.getRawType().getName()));
    }
}
