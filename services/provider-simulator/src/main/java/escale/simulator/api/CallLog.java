package escale.simulator.api;

import escale.simulator.faults.FaultKind;
import escale.simulator.faults.Subject;
import escale.simulator.wire.JsonOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file with one line for each call that asks for a change, answered or not, so that attempts can be counted. Without
 * fsync: it is evidence of the machine's run, not of money.
 */
public final class CallLog implements AutoCloseable {

    private final FileChannel file;

    public CallLog(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** {@code status} is 0 where the caller gets none. */
    void write(
            Instant arrival, Call call, Subject subject, @Nullable FaultKind fault, int status, Execution execution) {
        var posted = execution.line();
        var intent = posted == null ? subject.paymentIntent() : posted.paymentIntent();
        var line = JsonOut.document(
                out -> out.field("time", arrival.truncatedTo(ChronoUnit.MILLIS).toString())
                        .field("call", subject.call().wire())
                        .field("path", call.attempt().endpoint())
                        .field("idempotencyKey", call.attempt().key())
                        .field("paymentId", subject.metadata().get("paymentId"))
                        .field("bookingId", subject.metadata().get("bookingId"))
                        .field("paymentIntent", intent)
                        .field("fault", fault == null ? null : fault.wire())
                        .field("status", status)
                        .field("replayed", execution.replayed()));
        var bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        try {
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("the call log cannot be written", e);
        }
    }

    public void clear() throws IOException {
        file.truncate(0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
