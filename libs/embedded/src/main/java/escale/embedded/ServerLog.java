package escale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server's log file, of which only the part written since this object was made is of interest. */
public final class ServerLog {
    private static final int LAST_LINES = 12;

    private final Path file;
    private final long from;

    public ServerLog(Path file) {
        this.file = file;
        this.from = size(file);
    }

    Path file() {
        return file;
    }

    /** The server's last words, indented for an exception's message. */
    public String lastWords() {
        var lines = since().lines()
                .filter(line -> !line.isBlank() && !isStackFrame(line))
                .toList();
        var tail = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return tail.isEmpty()
                ? "It left no word in " + file
                : "Its last words in " + file + ":\n    " + String.join("\n    ", tail);
    }

    public boolean says(String phrase) {
        return since().contains(phrase);
    }

    private static boolean isStackFrame(String line) {
        return line.startsWith("\tat ") || line.startsWith("\t...");
    }

    private String since() {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
