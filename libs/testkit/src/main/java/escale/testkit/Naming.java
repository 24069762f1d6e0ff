package escale.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Names that say nothing hide what they name. */
final class Naming {
    private static final Set<String> EMPTY_PACKAGES = Set.of("util", "utils", "common", "commons", "helper", "helpers");
    private static final List<String> EMPTY_ENDINGS =
            List.of("Impl", "Manager", "Helper", "Helpers", "Util", "Utils", "Dto", "DTO");

    private Naming() {}

    static Stream<Violation> violations(House house) {
        return house.classes()
                .flatMap(type -> Stream.concat(
                        Arrays.stream(house.placeOf(type).split("\\."))
                                .filter(EMPTY_PACKAGES::contains)
                                .map(name -> Violation.in(type, "lives in a package named " + name)),
                        EMPTY_ENDINGS.stream()
                                .filter(ending -> type.getSimpleName().endsWith(ending))
                                .map(ending -> Violation.in(type, "ends in " + ending))));
    }
}
