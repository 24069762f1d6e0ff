package escale.simulator.books;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The append-only file. Lines gather in memory until somebody needs one of them on disk; then all that gathered go
 * there together with one fsync, and while it runs the next ones gather.
 *
 * <p>Callers ask for {@link #sync} when their answer is due, not when they append. With a latency of 5 ms at 2,000
 * payments/s the line of a call is mostly on disk already when its turn comes: 200 fsyncs/s instead of 2,000.
 */
final class Ledger implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

    private final FileChannel guard;
    private final FileChannel file;
    private final List<Consumer<List<Line>>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private List<Line> gathered = new ArrayList<>();
    private boolean writing;
    private long appended;
    private volatile long durable;
    private volatile long durableBytes;
    private final LongAdder syncs = new LongAdder();

    private Ledger(FileChannel guard, FileChannel file, long lastSeq) throws IOException {
        this.guard = guard;
        this.file = file;
        appended = lastSeq;
        durable = lastSeq;
        durableBytes = file.size();
    }

    /** Hands the lines of earlier runs to {@code reader}, and goes on behind them. */
    static Ledger open(Path path, Consumer<Line> reader) throws IOException {
        var guard = guard(path); // before reading: what looks like a torn line may be one that another is writing
        try {
            long lastSeq = ReadLedger.read(path, reader);
            var file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            return new Ledger(guard, file, lastSeq);
        } catch (IOException | RuntimeException e) {
            guard.close();
            throw e;
        }
    }

    /** A lock on a file of its own: a lock on the ledger itself would end with the first reader that closes it. */
    private static FileChannel guard(Path path) throws IOException {
        var guard = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(guard)) {
            guard.close();
            throw new IOException("another simulator writes to " + path + " already");
        }
        return guard;
    }

    private static boolean isOurs(FileChannel guard) throws IOException {
        try {
            return guard.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /** The listener hears of lines once they cannot be lost any more, in order, on the thread that wrote them. */
    void whenDurable(Consumer<List<Line>> listener) {
        listeners.add(listener);
    }

    void append(Line line) {
        lock.lock();
        try {
            gathered.add(line);
            appended = line.seq();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the line with this number, and all before it, are on disk. */
    void sync(long seq) {
        if (durable >= seq) {
            return;
        }
        lock.lock();
        try {
            while (durable < Math.min(seq, appended)) {
                if (writing) {
                    written.awaitUninterruptibly();
                } else {
                    writeGathered();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock, which is given back while the disk works. */
    private void writeGathered() {
        var batch = gathered;
        long last = appended;
        gathered = new ArrayList<>();
        writing = true;
        lock.unlock();
        try {
            write(batch);
            durable = last;
            listeners.forEach(listener -> listener.accept(batch));
        } finally {
            lock.lock();
            writing = false;
            written.signalAll();
        }
    }

    private void write(List<Line> batch) {
        try {
            var json = new ByteArrayOutputStream(2048 * batch.size());
            for (var line : batch) {
                LineFormat.write(line, json);
                json.write('\n');
            }
            var bytes = ByteBuffer.wrap(json.toByteArray());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
            durableBytes = file.size();
            syncs.increment();
        } catch (IOException | RuntimeException e) {
            // Nobody knows now what is on disk: memory must not go on as if it did.
            LOG.log(System.Logger.Level.ERROR, "the ledger cannot be written, the simulator stops", e);
            Runtime.getRuntime().halt(1);
        }
    }

    /** Up to here the file holds whole lines that cannot be lost any more. */
    long durableBytes() {
        return durableBytes;
    }

    long syncs() {
        return syncs.sum();
    }

    /** Forgets everything; the caller sees to it that nobody appends meanwhile. */
    void clear() throws IOException {
        sync(appended);
        lock.lock();
        try {
            file.truncate(0);
            file.force(true);
            appended = 0;
            durable = 0;
            durableBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        sync(appended);
        file.close();
        guard.close();
    }
}
