package escale.local.supervision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a log that was written since this object was made. */
final class LogTail {
    private static final int LAST_LINES = 6;

    private final Path file;
    private final long from;

    LogTail(Path file) {
        this.file = file;
        this.from = size(file);
    }

    /** What a program said last, indented for the end of a sentence about it. */
    String lastWords() {
        var lines = since().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t..."))
                .toList();
        var tail = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return tail.isEmpty()
                ? "It left no word in " + file + "."
                : "Its last words in " + file + ":\n    " + String.join("\n    ", tail);
    }

    boolean says(String phrase) {
        return since().contains(phrase);
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
            return 0;
        }
    }
}
