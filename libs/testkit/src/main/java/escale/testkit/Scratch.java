package escale.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Directories that live as long as this JVM: under the module's {@code target} when there is one. */
final class Scratch {
    private Scratch() {}

    static Path directory(String name) {
        try {
            var target = Path.of("target").toAbsolutePath();
            return Files.isDirectory(target)
                    ? Files.createTempDirectory(target, name + "-")
                    : Files.createTempDirectory(name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs when the JVM ends: the server is killed, for nobody needs its data, and its directory goes. */
    static void atExit(Runnable kill, Path directory) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kill.run();
            delete(directory);
        }));
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // What is left lies under target and goes with it.
        }
    }
}
