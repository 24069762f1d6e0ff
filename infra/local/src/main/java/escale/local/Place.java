package escale.local;

import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where things are.
 *
 * @param root the repository, with the programs in its target folders
 * @param home what runs keep: data, logs, keys, run state
 */
record Place(Path root, Path home) {
    /** The script says where the repository is, and may be told to keep things elsewhere than in {@code .escale}. */
    static Place fromEnvironment() {
        var root = Path.of(Optional.ofNullable(System.getenv("ESCALE_ROOT")).orElse("."));
        var home =
                Optional.ofNullable(System.getenv("ESCALE_HOME")).map(Path::of).orElse(root.resolve(".escale"));
        return new Place(
                root.toAbsolutePath().normalize(), home.toAbsolutePath().normalize());
    }

    Path data(String part) {
        return home.resolve("data").resolve(part);
    }

    Path log(String instance) {
        return home.resolve("logs").resolve(instance + ".log");
    }

    /** By how much business time is moved; with the data, for it goes with what was written under it. */
    Path clock() {
        return home.resolve("data").resolve("clock");
    }

    Path keys() {
        return home.resolve("keys");
    }

    Path run() {
        return home.resolve("run");
    }

    Path startCaches() {
        return home.resolve("aot");
    }

    /** The jar a module with a {@code .program} file becomes. */
    Path jar(String module) {
        return root.resolve(module).resolve("target").resolve(Path.of(module).getFileName() + ".jar");
    }

    void prepare() {
        try {
            for (var folder : List.of("data", "logs", "run")) {
                Files.createDirectories(home.resolve(folder));
            }
        } catch (IOException e) {
            throw new CannotStart("Nothing can be kept in " + home + ": " + e.getMessage() + ".");
        }
    }

    /** Forgets every booking, payment, record and mail; keys and start caches stay. */
    void wipe() {
        delete(home.resolve("data"));
        delete(home.resolve("logs"));
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not be deleted: " + folder, e);
        }
    }
}
