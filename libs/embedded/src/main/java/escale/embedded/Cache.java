package escale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;

/** The user's cache of things that are made once per machine, such as unpacked PostgreSQL binaries. */
final class Cache {
    /** Makes the content of an entry in the empty directory it is given. */
    interface Recipe {
        void make(Path directory) throws IOException;
    }

    private final Path home;

    Cache(Path home) {
        this.home = home;
    }

    static Cache ofUser() {
        var base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return new Cache(base.resolve("escale"));
    }

    /**
     * The directory of that name, made first if it is not there. It appears by one rename, so that it is never seen
     * half made; the lock only spares two starting processes from doing the same work twice.
     */
    Path directory(String name, Recipe recipe) {
        var wanted = home.resolve(name);
        if (Files.isDirectory(wanted)) {
            return wanted;
        }
        synchronized (Cache.class) {
            try {
                Files.createDirectories(home);
                try (var channel = FileChannel.open(
                                home.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    if (!Files.isDirectory(wanted)) {
                        make(wanted, recipe);
                    }
                }
                return wanted;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot fill the cache " + wanted, e);
            }
        }
    }

    private void make(Path wanted, Recipe recipe) throws IOException {
        var unfinished = home.resolve(wanted.getFileName() + ".unfinished");
        delete(unfinished);
        recipe.make(Files.createDirectory(unfinished));
        Files.move(unfinished, wanted, StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
