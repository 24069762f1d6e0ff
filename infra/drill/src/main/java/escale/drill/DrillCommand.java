package escale.drill;

import escale.drill.drills.Drills;
import escale.drill.drills.Wanted;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Breaks something on purpose, shows what happens, and proves that nothing that must hold was broken. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Plays a drill and checks the invariants after it; without a name, lists them.")
final class DrillCommand implements Callable<Integer> {
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("'drill'-yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private static final long SEEDS = 1_000_000;

    private final Clock clock;
    private final PrintWriter out;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The drill")
    private @Nullable String name;

    @Option(
            names = "--what",
            description = "kill: payment, booking, kafka or postgresql (default ${DEFAULT-VALUE})",
            defaultValue = "payment")
    private String what = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "outage, pay-later: how long (default ${DEFAULT-VALUE})",
            defaultValue = "300s")
    private Duration time = Duration.ZERO;

    @Option(
            names = "--rate",
            description = "Bookings per second (default: 20 for outage and pay-later, 8 to 15 for chaos, else 100)")
    private double rate;

    @Option(
            names = {"--count", "--bookings"},
            description = "Bookings (default: 500 for hot-seat, 2000 for kill, 30 dead letters for redrive,"
                    + " 300 for chaos, 10000 for its soak)")
    private int count;

    @Option(names = "--seed", description = "chaos: the number a run was said to follow from, to play it again")
    private @Nullable Long seed;

    @Option(names = "--each", description = "chaos: every failpoint once, instead of four of them")
    private boolean each;

    @Option(names = "--soak", description = "chaos: every failpoint three times, and much more of everything")
    private boolean soak;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "Wait so long for rest before the invariants (default ${DEFAULT-VALUE})",
            defaultValue = "120s")
    private Duration wait = Duration.ZERO;

    @Mixin
    private final Surroundings surroundings;

    DrillCommand(Map<String, String> environment, Clock clock, PrintWriter out) {
        this.surroundings = new Surroundings(environment);
        this.clock = clock;
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        var drills = new Drills(new Wanted(what, time, rate > 0 ? rate : usualRate(), count, seed(), each, soak));
        if (name == null || !drills.all().containsKey(name)) {
            drills.all().forEach((each, shows) -> out.printf("%-20s %s%n", each, shows));
            return name == null ? 0 : 2;
        }
        var where = surroundings.addresses();
        var run = RUN.format(clock.instant());
        var asExpected = drills.play(
                name, where, surroundings.tokens(clock.instant()), run, clock, surroundings.businessTime(clock), out);
        var holds = new Prove(where, surroundings.businessTime(clock), out).proven(where.loads(), wait, false);
        out.println("DRILL " + name + ": " + (asExpected && holds ? "PASS" : "FAIL"));
        return asExpected && holds ? 0 : 1;
    }

    private double usualRate() {
        return switch (name) {
            case "chaos" -> 0; // its plan knows
            case "outage", "pay-later" -> 20;
            case null, default -> 100;
        };
    }

    /** Another one each time, and short enough to be copied by hand. */
    private long seed() {
        return seed == null ? clock.millis() % SEEDS : seed;
    }
}
