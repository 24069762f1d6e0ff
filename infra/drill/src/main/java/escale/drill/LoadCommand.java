package escale.drill;

import escale.drill.levers.Provider;
import escale.drill.levers.Tours;
import escale.drill.load.Lines;
import escale.drill.load.Load;
import escale.drill.load.Outcome;
import escale.drill.report.ReportFiles;
import escale.drill.wire.Addresses;
import escale.drill.world.Quiet;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bookings at a steady rate, or as many as can be. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes bookings and measures how long each takes to be accepted and to be confirmed.",
            "An open loop: bookings come at their rate, however slow the answers are."
        })
final class LoadCommand implements Callable<Integer> {
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration REST_WITHIN = Duration.ofSeconds(60);

    private final Clock clock;
    private final PrintWriter out;

    @Mixin
    private final LoadOptions options = new LoadOptions();

    @Mixin
    private final Surroundings surroundings;

    @Option(names = "--no-verify", description = "Leave out the invariants at the end")
    private boolean noVerify;

    LoadCommand(Map<String, String> environment, Clock clock, PrintWriter out) {
        this.surroundings = new Surroundings(environment);
        this.clock = clock;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var where = surroundings.addresses();
        var run = RUN.format(clock.instant());
        var faults = options.faults();
        var provider = new Provider(where.simulator());
        var departures = departures(where);
        if (!faults.isEmpty()) {
            provider.put(faults);
        }
        Outcome outcome;
        try {
            outcome = run(where, run, departures, faults.isEmpty() ? () -> {} : provider::heal);
        } finally {
            if (!faults.isEmpty()) {
                provider.heal();
            }
        }
        out.print(Lines.of(outcome));
        out.println("report " + ReportFiles.write(where.loads(), run, options.title(), conditions(), outcome));
        out.flush();
        if (noVerify) {
            return outcome.unsettled() == 0 ? 0 : 1;
        }
        var log = where.loads().resolve(run + ".jsonl");
        return new Prove(where, surroundings.businessTime(clock), out).proven(log, REST_WITHIN, false) ? 0 : 1;
    }

    private Outcome run(Addresses where, String run, List<UUID> departures, Runnable heal)
            throws IOException, InterruptedException {
        var tokens = surroundings.tokens(clock.instant());
        try (var load = Load.start(options.plan(departures), where, tokens, run, clock, second -> {
            out.println(Lines.of(second));
            out.flush();
        })) {
            load.awaitSent();
            heal.run(); // everything ends after the last fault has
            return load.finish();
        }
    }

    private List<UUID> departures(Addresses where) throws IOException, InterruptedException {
        if (!options.named().isEmpty()) {
            return options.named();
        }
        var own = new Tours(where.kafka(), surroundings.businessTime(clock).instant())
                .publish("Load test", options.ownDepartures(), options.seats());
        Quiet.awaitDepartures(where, own);
        return own;
    }

    private List<String> conditions() {
        var all = new ArrayList<>(options.conditions());
        all.add("%d processors shared with the system under test, Java %s"
                .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version()));
        return all;
    }
}
