package escale.drill.drills;

import escale.drill.levers.Doors;
import escale.drill.levers.Launcher;
import escale.drill.levers.Provider;
import escale.drill.levers.Tours;
import escale.drill.load.Lines;
import escale.drill.load.Load;
import escale.drill.load.Outcome;
import escale.drill.load.Plan;
import escale.drill.load.Second;
import escale.drill.load.Thought;
import escale.drill.wire.Addresses;
import escale.drill.wire.Heard;
import escale.drill.wire.Tail;
import escale.drill.wire.Tokens;
import escale.drill.wire.Unreachable;
import escale.drill.world.Quiet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Where a drill is played: it knows the doors and the levers, says what happens, and keeps count of what went wrong. */
final class Stage {
    private static final List<String> TOPICS = List.of("booking.events", "payment.events", "payments.dlt");

    private final Addresses where;
    private final Tokens tokens;
    private final String run;
    private final Clock clock;
    private final InstantSource businessTime;
    private final PrintWriter out;
    private final long start = System.nanoTime();
    private int disappointments;

    Stage(Addresses where, Tokens tokens, String run, Clock clock, InstantSource businessTime, PrintWriter out) {
        this.where = where;
        this.tokens = tokens;
        this.run = run;
        this.clock = clock;
        this.businessTime = businessTime;
        this.out = out;
    }

    Doors doors() {
        return new Doors(where, tokens);
    }

    Provider provider() {
        return new Provider(where.simulator());
    }

    Launcher launcher() {
        return new Launcher(where.home());
    }

    /** How often a service has halted at this failpoint, as it noted itself in its last moment. */
    long hits(String failpoint) {
        var notes = where.loads().resolveSibling("run").resolve("failpoints");
        try (var lines = Files.lines(notes)) {
            return lines.filter(line -> line.startsWith(failpoint + " ")).count();
        } catch (NoSuchFileException nobodyYet) {
            return 0;
        } catch (IOException e) {
            throw new Unreachable("The hits of failpoints cannot be read in " + notes, e);
        }
    }

    /** Different for every drill that is played. */
    String run() {
        return run;
    }

    /** As it was when the drill began. */
    InstantSource businessTime() {
        return businessTime;
    }

    Instant now() {
        return clock.instant();
    }

    Addresses where() {
        return where;
    }

    /** A departure of the drill's own that booking knows. */
    UUID departure(int seats) throws InterruptedException {
        return departures(List.of(seats)).getFirst();
    }

    /** Several of them, with so many seats each. */
    List<UUID> departures(List<Integer> seats) throws InterruptedException {
        var ids = new Tours(where.kafka(), businessTime.instant()).publish("Drill " + run, seats);
        Quiet.awaitDepartures(where, ids);
        return ids;
    }

    Tail listen(Consumer<Heard> listener) {
        return Tail.on(where.kafka(), TOPICS, listener);
    }

    Load load(Plan plan) throws IOException {
        return load(plan, second -> say(Lines.of(second)));
    }

    Load load(Plan plan, Consumer<Second> everySecond) throws IOException {
        return Load.start(plan, where, tokens, run, clock, everySecond);
    }

    /** Without a line every second, for travellers who think again. */
    Load loadThinkingAgain(Plan plan, LongFunction<Thought> minds) throws IOException {
        return Load.start(plan, minds, where, tokens, run, clock, _ -> {});
    }

    void show(Outcome outcome) {
        out.print(Lines.of(outcome));
        out.flush();
    }

    synchronized void say(String what) {
        out.println(String.format(Locale.ROOT, "%8.1f s  ", seconds()) + what);
        out.flush();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Says whether it is so, and remembers when it is not. */
    boolean expect(boolean so, String what) {
        if (!so) {
            disappointments++;
        }
        say((so ? "PASS  " : "FAIL  ") + what);
        return so;
    }

    boolean asExpected() {
        return disappointments == 0;
    }
}
