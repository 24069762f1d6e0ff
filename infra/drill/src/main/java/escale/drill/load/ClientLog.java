package escale.drill.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import escale.drill.wire.Answer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client's own record of what it asked and what it was told: one line per request. The invariants believe it, and
 * neither a database nor a service.
 */
final class ClientLog implements AutoCloseable {
    private final JsonGenerator json;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param world the cluster it was written against, so that it is not held against another one later */
    ClientLog(Path file, String world, Clock clock) throws IOException {
        this.clock = clock;
        Files.createDirectories(file.toAbsolutePath().getParent());
        json = new JsonFactory().createGenerator(new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024));
        json.setRootValueSeparator(new SerializedString("\n"));
        json.writeStartObject();
        json.writeStringField("world", world);
        json.writeStringField("startedAt", clock.instant().toString());
        json.writeEndObject();
    }

    void add(Post post, long micros) {
        lock.lock();
        try {
            write(post, micros);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of the client cannot be written", e);
        } finally {
            lock.unlock();
        }
    }

    /** What was answered to somebody who thought again; null when nothing was. */
    void add(SecondThoughts.Act act, @Nullable Answer answer) {
        lock.lock();
        try {
            write(act, answer);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of the client cannot be written", e);
        } finally {
            lock.unlock();
        }
    }

    private void write(SecondThoughts.Act act, @Nullable Answer answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", clock.instant().toString());
        json.writeStringField("act", act.what());
        json.writeStringField("booking", act.booking().toString());
        json.writeNumberField("people", act.people());
        json.writeNumberField("http", answer == null ? 0 : answer.status());
        json.writeStringField("code", Post.code(answer, "no answer"));
        json.writeEndObject();
    }

    private void write(Post post, long micros) throws IOException {
        var wish = post.wish();
        var answer = post.answer();
        json.writeStartObject();
        json.writeStringField("at", clock.instant().toString());
        json.writeStringField("key", wish.key());
        json.writeStringField("user", wish.user());
        json.writeStringField("departure", wish.departure().toString());
        json.writeNumberField("people", wish.people());
        json.writeStringField("method", wish.method());
        json.writeNumberField("http", answer == null ? 0 : answer.status());
        if (answer == null || !answer.accepted()) {
            json.writeStringField("code", post.code());
        } else {
            json.writeStringField("booking", String.valueOf(answer.located()));
            json.writeStringField("status", answer.field("status"));
            json.writeBooleanField("replayed", answer.replayed());
        }
        json.writeNumberField("us", micros);
        json.writeEndObject();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The log of the client cannot be written", e);
        } finally {
            lock.unlock();
        }
    }
}
