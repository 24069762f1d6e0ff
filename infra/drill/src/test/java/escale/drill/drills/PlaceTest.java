package escale.drill.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against the sources, because the drill shares no code with what it tries. */
class PlaceTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern DECLARED = Pattern.compile("^    ([A-Z_]+)[,;]$", Pattern.MULTILINE);
    private static final Pattern PASSED = Pattern.compile("Failpoint\\s*\\.([A-Z_]+)\\s*\\.pass");

    private final List<String> names =
            Arrays.stream(Place.values()).map(Place::name).toList();

    @Test
    void the_drill_knows_every_failpoint_there_is() throws IOException {
        var declaration = Files.readString(ROOT.resolve("libs/runtime/src/main/java/escale/runtime/Failpoint.java"));

        assertThat(found(DECLARED, declaration)).containsExactlyElementsOf(names);
    }

    @Test
    void every_failpoint_stands_in_the_code_once() throws IOException {
        assertThat(sources().flatMap(source -> found(PASSED, source))).containsExactlyInAnyOrderElementsOf(names);
    }

    private static Stream<String> found(Pattern pattern, String source) {
        return pattern.matcher(source).results().map(match -> match.group(1));
    }

    private static Stream<String> sources() throws IOException {
        try (var files = Files.walk(ROOT.resolve("services"));
                var more = Files.walk(ROOT.resolve("libs"))) {
            return Stream.concat(files, more)
                    .filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .map(PlaceTest::read)
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
