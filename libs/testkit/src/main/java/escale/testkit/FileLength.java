package escale.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Longer files hold more than one thought. */
final class FileLength {
    private static final int LIMIT = 300;

    private FileLength() {}

    static Stream<Violation> violations(House house) {
        return sourcesIn(house.sources().resolve(house.root().replace('.', '/'))).stream()
                .filter(file -> lines(file) > LIMIT)
                .map(file -> new Violation(className(house.sources(), file), "has " + lines(file) + " lines"));
    }

    private static List<Path> sourcesIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path sources, Path file) {
        return sources.relativize(file)
                .toString()
                .replace(".java", "")
                .replace(file.getFileSystem().getSeparator(), ".");
    }
}
