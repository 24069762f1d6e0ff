package escale.simulator.books;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads the ledger of an earlier run. A last line torn by a crash was promised to nobody, and is cut off. */
final class ReadLedger {

    private static final System.Logger LOG = System.getLogger(ReadLedger.class.getName());

    private final Path path;
    private final Consumer<Line> reader;
    private long intact;
    private long seq;

    private ReadLedger(Path path, Consumer<Line> reader) {
        this.path = path;
        this.reader = reader;
    }

    /** Hands every line to {@code reader} and returns the number of the last one. */
    static long read(Path path, Consumer<Line> reader) throws IOException {
        if (!Files.exists(path)) {
            return 0;
        }
        var reading = new ReadLedger(path, reader);
        reading.readAll();
        return reading.seq;
    }

    private void readAll() throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(path), 256 * 1024)) {
            var line = new ByteArrayOutputStream(4096);
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    accept(line.toByteArray());
                    line.reset();
                } else {
                    line.write(next);
                }
            }
        }
        long size = Files.size(path);
        if (intact < size) {
            LOG.log(System.Logger.Level.WARNING, "cut a torn last line of {0} bytes off {1}", size - intact, path);
            try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.truncate(intact);
                file.force(true);
            }
        }
    }

    private void accept(byte[] bytes) throws IOException {
        Line line;
        try {
            line = LineFormat.read(bytes);
        } catch (IOException e) {
            if (intact + bytes.length + 1 == Files.size(path)) {
                return; // the last one: its end reached the disk, its middle did not
            }
            throw new IOException("line " + (seq + 1) + " of " + path + " is damaged, and it is not the last one", e);
        }
        if (line.seq() != seq + 1) {
            throw new IOException("line " + (seq + 1) + " of " + path + " carries the number " + line.seq());
        }
        reader.accept(line);
        seq = line.seq();
        intact += bytes.length + 1;
    }
}
