package escale.local.mail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came in, one JSON line each in a file, of which memory holds only where each line begins. */
final class Letterbox implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final RandomAccessFile file;
    private final Path sinceFile;
    private final InstantSource clock;
    private final List<Long> starts = new ArrayList<>();

    Letterbox(Path path, InstantSource clock) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        this.sinceFile = path.resolveSibling(path.getFileName() + ".since");
        var isNew = !Files.exists(path) || !Files.exists(sinceFile);
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.clock = clock;
        findLines();
        if (isNew) {
            beginAnew();
        }
    }

    /** A last line without its end was cut off by a kill, before anybody was told that it was kept. */
    private void findLines() throws IOException {
        var piece = new byte[64 * 1024]; // the file may be larger than memory
        var start = 0L;
        var at = 0L;
        for (var length = file.read(piece); length > 0; length = file.read(piece)) {
            for (var i = 0; i < length; i++) {
                if (piece[i] == '\n') {
                    starts.add(start);
                    start = at + i + 1;
                }
            }
            at += length;
        }
        file.setLength(start);
    }

    /** Returns when the kernel has it. */
    synchronized int keep(ObjectNode letter) throws IOException {
        var number = starts.size() + 1;
        letter.put("number", number);
        letter.put("receivedAt", clock.instant().toString());
        var line = (JSON.writeValueAsString(letter) + "\n").getBytes(StandardCharsets.UTF_8);
        var start = file.length();
        file.seek(start);
        file.write(line);
        starts.add(start);
        return number;
    }

    synchronized int count() {
        return starts.size();
    }

    /** The lines from the n-th on, at most so many. */
    synchronized List<String> lines(int from, int most) throws IOException {
        var lines = new ArrayList<String>();
        for (var number = Math.max(1, from); number <= starts.size() && lines.size() < most; number++) {
            lines.add(line(number));
        }
        return lines;
    }

    synchronized Optional<ObjectNode> letter(int number) throws IOException {
        return number < 1 || number > starts.size()
                ? Optional.empty()
                : Optional.of((ObjectNode) JSON.readTree(line(number)));
    }

    private String line(int number) throws IOException {
        var start = starts.get(number - 1);
        var end = number < starts.size() ? starts.get(number) : file.length();
        var line = new byte[Math.toIntExact(end - start - 1)];
        file.seek(start);
        file.readFully(line);
        return new String(line, StandardCharsets.UTF_8);
    }

    synchronized void empty() throws IOException {
        file.setLength(0);
        starts.clear();
        beginAnew();
    }

    /** For whoever misses a letter and asks whether it should be here. */
    private void beginAnew() throws IOException {
        Files.writeString(sinceFile, clock.instant().toString());
    }

    synchronized Instant since() throws IOException {
        return Instant.parse(Files.readString(sinceFile));
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
