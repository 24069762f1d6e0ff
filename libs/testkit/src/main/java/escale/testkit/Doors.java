package escale.testkit;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Data flows {@code http | kafka | clock → use case → store}.
 *
 * <p>Through http and kafka others come in: nothing inside knows them. All other sub-packages lead out, to a database
 * or another service: the use cases of the root package and of the rooms may call them, doors only sql, to read.
 */
final class Doors {
    private static final Set<String> INBOUND = Set.of("http", "kafka");
    private static final String STORE = "sql";

    private Doors() {}

    static Stream<Violation> violations(House house) {
        return house.classes()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .map(JavaClass::getBaseComponentType)
                        .filter(house::contains)
                        .distinct()
                        .filter(target -> !mayKnow(house, house.placeOf(type), house.placeOf(target)))
                        .map(target -> Violation.in(type, "knows " + target.getName())));
    }

    /** Whether a place is a way in or out, as against a use case or a store. */
    static boolean isDoor(House house, String place) {
        return !house.isRoom(place) && !isIn(place, Set.of(STORE));
    }

    private static boolean mayKnow(House house, String from, String to) {
        if (from.equals(to) || house.isRoom(to)) {
            return true;
        }
        if (isIn(to, INBOUND)) {
            return false;
        }
        return house.isRoom(from) || isIn(to, Set.of(STORE));
    }

    private static boolean isIn(String place, Set<String> names) {
        return Arrays.stream(place.split("\\.")).anyMatch(names::contains);
    }
}
