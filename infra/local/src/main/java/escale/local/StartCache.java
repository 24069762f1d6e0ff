package escale.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the JDK remembers of a program's start (its AOT cache), so that the next start need not load and link it all
 * again; in its folder by the part's name.
 */
record StartCache(Path folder, Mode mode) {
    enum Mode {
        USE,
        RECORD
    }

    /** What the JVM is told; nothing when there is no cache, or the program was built after it. */
    List<String> options(String part, Path jar) {
        return switch (mode) {
            case USE -> isFresh(part, jar) ? List.of("-XX:AOTCache=" + file(part)) : List.of();
            case RECORD -> List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording(part));
        };
    }

    /** A JVM that records writes everything down as it ends. */
    Duration timeToStop() {
        return switch (mode) {
            case USE -> Duration.ofSeconds(30);
            case RECORD -> Duration.ofMinutes(4);
        };
    }

    boolean isFresh(String part, Path jar) {
        try {
            return Files.exists(file(part))
                    && Files.getLastModifiedTime(file(part)).compareTo(Files.getLastModifiedTime(jar)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    Path file(String part) {
        return folder.resolve(part + ".aot");
    }

    Path recording(String part) {
        return folder.resolve(part + ".recording");
    }
}
