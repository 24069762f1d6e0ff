package escale.drill.load;

import escale.drill.wire.Addresses;
import escale.drill.wire.Cluster;
import escale.drill.wire.Connection;
import escale.drill.wire.Heard;
import escale.drill.wire.Tail;
import escale.drill.wire.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** One load: made by connections, heard out by a tail, watched second by second. */
public final class Load implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final List<String> TOPICS = List.of("booking.events", "payment.events");

    private final Plan plan;
    private final Path file;
    private final Figures figures = new Figures();
    private final Followed followed;
    private final ClientLog log;
    private final Tail tail;
    private final Pace pace;
    private final List<Booker> bookers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Kept kept;
    private final SecondThoughts thoughts;
    private final Watch watch;

    private Load(
            Plan plan, LongFunction<Thought> minds, Addresses where, Tokens tokens, Path file, String run, Clock clock)
            throws IOException {
        this.plan = plan;
        this.file = file;
        this.kept = new Kept(
                plan.count() > 0
                        ? plan.count()
                        : Math.round(plan.rate() * plan.time().toSeconds()));
        this.log = new ClientLog(file, Cluster.id(where.kafka()), clock);
        var credentials = new Booker.Credentials(tokens);
        var wishes = new Wishes(plan, run);
        for (var i = 0L; i < plan.users(); i++) {
            credentials.of(wishes.at(i).user()); // signed before the clock runs
        }
        this.thoughts = new SecondThoughts(minds, where, credentials, log);
        this.pace = plan.pace();
        this.followed = new Followed((ending, due, at) -> {
            figures.settled(ending, due, at);
            if (!plan.untilAccepted()) {
                pace.ended();
            }
        });
        this.tail = Tail.on(where.kafka(), TOPICS, this::hear);
        this.watch = new Watch(figures, followed);
        for (var i = 0; i < plan.connections(); i++) {
            var door = where.booking().get(i % where.booking().size());
            bookers.add(new Booker(
                    plan,
                    pace,
                    wishes,
                    new Connection(door, ANSWER_WITHIN),
                    credentials,
                    figures,
                    followed,
                    log,
                    kept,
                    thoughts));
        }
    }

    /** Begins at once; {@code everySecond} is told how it goes. */
    public static Load start(
            Plan plan, Addresses where, Tokens tokens, String run, Clock clock, Consumer<Second> everySecond)
            throws IOException {
        return start(plan, _ -> Thought.NONE, where, tokens, run, clock, everySecond);
    }

    /**
     * The same, with travellers who think again.
     *
     * @param minds what each booking's traveller thinks of it later, by its number
     */
    public static Load start(
            Plan plan,
            LongFunction<Thought> minds,
            Addresses where,
            Tokens tokens,
            String run,
            Clock clock,
            Consumer<Second> everySecond)
            throws IOException {
        var load = new Load(plan, minds, where, tokens, where.loads().resolve(run + ".jsonl"), run, clock);
        var now = System.nanoTime();
        load.pace.begin(now);
        load.watch.begin(now, everySecond);
        load.bookers.forEach(
                booker -> load.threads.add(Thread.ofVirtual().name("booker").start(booker)));
        return load;
    }

    private void hear(Heard heard) {
        switch (heard.type()) {
            case "payment.exhausted" -> figures.exhausted();
            case "payment.attempt-failed" -> figures.attemptFailed();
            default -> {}
        }
        followed.hear(heard);
    }

    public Figures figures() {
        return figures;
    }

    public Path log() {
        return file;
    }

    /** Ends it before its time. */
    public void stop() {
        pace.stop();
    }

    /** Waits for the last answer. */
    public void awaitSent() throws InterruptedException {
        for (var thread : threads) {
            thread.join();
        }
        watch.sent();
    }

    /** Nobody thinks again from here on; what those were answered who did. */
    public Map<String, Long> endThoughts() throws InterruptedException {
        thoughts.end();
        return thoughts.answers();
    }

    /** Waits until everything accepted is settled, at most as long as the plan says, and sums up. */
    public Outcome finish() throws InterruptedException {
        awaitSent();
        var patience = System.nanoTime() + plan.settle().toNanos();
        while (followed.unsettled() > 0 && System.nanoTime() < patience) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        watch.stop();
        askAgain();
        return watch.outcome();
    }

    /** The same keys once more: half with the same body, half with another; what the answers must be, I13 knows. */
    private void askAgain() {
        var booker = bookers.getFirst();
        var same = true;
        for (var wish : kept.all()) {
            booker.again(
                    same
                            ? wish
                            : new Wish(wish.key(), wish.user(), wish.departure(), wish.people() + 1, wish.method()));
            same = !same;
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        watch.stop();
        tail.close();
        log.close();
    }
}
