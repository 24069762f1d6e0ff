package escale.testkit;

import java.util.stream.Stream;

/** A mock says what its author believed of the real thing; where the library is at hand it gets used. */
final class Mocks {
    private Mocks() {}

    static Stream<Violation> violations(House house) {
        return Stream.of(
                        "org/mockito/Mockito",
                        "org/easymock/EasyMock",
                        "org/powermock/api/mockito/PowerMockito",
                        "org/jmock/Mockery",
                        "mockit/Mock",
                        "io/mockk/MockK")
                .filter(library -> house.classPath().getResource(library + ".class") != null)
                .map(library -> new Violation("class path", "holds " + library.replace('/', '.')));
    }
}
