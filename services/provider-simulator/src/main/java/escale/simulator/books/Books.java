package escale.simulator.books;

import escale.simulator.payments.Change;
import escale.simulator.payments.Fact;
import escale.simulator.payments.Outcome;
import escale.simulator.payments.PaymentIntent;
import escale.simulator.payments.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a payment changes: the key is looked up, the decision made and the line appended under one lock,
 * which is held for microseconds because the disk is only waited for in {@link #settle}.
 */
public final class Books implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final IdempotencyKeys keys = new IdempotencyKeys();
    private final Path file;
    private final Clock clock;
    private final BooleanSupplier announced;
    private final Ledger ledger;
    private State state = new State();
    private Instant last = Instant.EPOCH;

    /**
     * Opens the ledger and rebuilds what it says.
     *
     * @param announced whether a webhook endpoint waits for news
     */
    public Books(Path file, Clock clock, BooleanSupplier announced) throws IOException {
        this.file = file;
        this.clock = clock;
        this.announced = announced;
        Files.createDirectories(file.toAbsolutePath().getParent());
        var now = clock.instant();
        ledger = Ledger.open(file, line -> {
            state.apply(line);
            keys.remember(line, now);
            last = line.time();
        });
    }

    /**
     * Hears of new lines once they are on disk. It is called where callers wait for their answers: it must not wait
     * itself, and must not ask the books.
     */
    public void whenDurable(Consumer<List<Line>> listener) {
        ledger.whenDurable(listener);
    }

    /** Asks the books something; whoever tells the result to the outside settles {@link #position} first. */
    public <T extends @Nullable Object> T ask(Function<State, T> question) {
        lock.lock();
        try {
            return question.apply(state);
        } finally {
            lock.unlock();
        }
    }

    /** Claims the key of a call; what was granted must be released. */
    public Claim claim(Attempt attempt) {
        lock.lock();
        try {
            return keys.claim(attempt, now());
        } finally {
            lock.unlock();
        }
    }

    public void release(Attempt attempt) {
        lock.lock();
        try {
            keys.release(attempt);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Decides, and writes the result into the books.
     *
     * @param instead the answer the caller gets, and keeps getting under his key, whatever was decided
     * @return the line, which is not on disk yet; a refusal without a key to repeat it is never written
     */
    public Line post(Attempt attempt, Decision decision, @Nullable Refusal instead) {
        lock.lock();
        try {
            last = now();
            var line = line(attempt, decision.decide(state, last.getEpochSecond()), instead);
            if (line.change().fact() != Fact.ANSWER_STORED || attempt.key() != null) {
                state.apply(line);
                ledger.append(line);
            }
            keys.answered(attempt, line);
            return line;
        } finally {
            lock.unlock();
        }
    }

    private Line line(Attempt attempt, Outcome outcome, @Nullable Refusal instead) {
        return switch (outcome) {
            case Outcome.Posted(Change change, Refusal refusal) ->
                line(attempt, change, instead == null ? refusal : instead);
            case Outcome.Refused(Refusal refusal, PaymentIntent intent) ->
                line(
                        attempt,
                        new Change(Fact.ANSWER_STORED, false, intent, null, null),
                        instead == null ? refusal : instead);
        };
    }

    private Line line(Attempt attempt, Change change, @Nullable Refusal refusal) {
        var answer = new Answer(
                attempt.requestId(),
                attempt.endpoint(),
                attempt.fingerprint(),
                refusal == null ? 200 : refusal.status(),
                refusal);
        return new Line(state.lines().size() + 1, last, attempt.key(), announced.getAsBoolean(), answer, change);
    }

    /** The number of the newest line: whatever was seen until now is on disk when this one is. */
    public long position() {
        return ask(now -> (long) now.lines().size());
    }

    /** Waits until everything up to {@code position} is on disk. */
    public void settle(long position) {
        ledger.sync(position);
    }

    public Instant now() {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return now.isBefore(last) ? last : now;
    }

    public Path file() {
        return file;
    }

    /** Copies of the file may be taken up to this length: it ends with a whole line that is on disk. */
    public long settledLength() {
        settle(position());
        return ledger.durableBytes();
    }

    public long syncs() {
        return ledger.syncs();
    }

    /** Forgets every payment ever made. */
    public void reset() throws IOException {
        lock.lock();
        try {
            ledger.clear();
            keys.clear();
            state = new State();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
