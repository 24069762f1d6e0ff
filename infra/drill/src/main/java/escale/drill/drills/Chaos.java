package escale.drill.drills;

import escale.drill.drills.ChaosPlan.Size;
import escale.drill.drills.Strike.Faults;
import escale.drill.drills.Strike.Halt;
import escale.drill.drills.Strike.Kill;
import escale.drill.drills.Strike.Outage;
import escale.drill.load.Load;
import escale.drill.load.Plan;
import escale.drill.world.Quiet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everything at once, by chance, and again from its seed. */
final class Chaos implements Drill {
    private static final int DEPARTURES = 8;
    private static final int SEATS = 1_000_000;
    private static final int TRAVELLERS = 400;
    /** So that one may stay at home. */
    private static final int PEOPLE = 2;

    private static final int CONNECTIONS = 32;
    /** Bookings go on until all strikes are done, so that there is something to strike. */
    private static final Duration AT_MOST = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration HIT_WITHIN = Duration.ofMinutes(3);
    private static final Duration LEAD_EVERY = Duration.ofSeconds(2);

    private final Wanted wanted;

    Chaos(Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public String shows() {
        return "bookings, some cancelled and some changed, at a faulty provider, while services halt at failpoints, are killed,"
                + " and broker and database too, by chance (--seed N again, --each for all failpoints, --soak for long):"
                + " everything ends, and adds up";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        var size = wanted.soak() ? Size.SOAK : wanted.each() ? Size.EACH : Size.SHORT;
        var plan = ChaosPlan.of(wanted.seed(), size, wanted.count(), wanted.rate());
        tell(stage, plan, size);
        var departures =
                stage.departures(Stream.concat(Stream.generate(() -> SEATS).limit(DEPARTURES), Stream.of(few(plan)))
                        .toList());
        var guide = new Guide(stage, departures.getFirst(), plan.seed());
        var hits = new TreeMap<Place, Integer>();
        try (var load = stage.loadThinkingAgain(load(plan, departures), plan::mind)) {
            if (plan.places().contains(Place.REDRIVE_AFTER_STEP)) {
                guide.prepareDeadLetters();
            }
            for (var act : plan.acts()) {
                awaitSent(load, act.after());
                stage.say("%d sent, %d accepted, %d confirmed: %s"
                        .formatted(
                                load.figures().sentSoFar(),
                                load.figures().acceptedSoFar(),
                                load.figures().confirmedSoFar(),
                                act.strike().line()));
                switch (act.strike()) {
                    case Halt halt -> {
                        if (halt(stage, guide, halt)) {
                            hits.merge(halt.place(), 1, Integer::sum);
                        }
                    }
                    case Kill(var part) -> kill(stage, part);
                    case Faults(var percent) -> guide.faults(percent);
                    case Outage(var time) -> outage(stage, guide, time);
                }
            }
            awaitSent(load, plan.bookings());
            load.stop();
            load.awaitSent();
            stage.say("those who thought again were answered: " + load.endThoughts());
            heal(stage, size);
            judge(stage, load);
        } finally {
            stage.provider().heal();
        }
        stage.say("failpoints hit: " + hits);
        stage.say("SEED " + plan.seed());
    }

    private static void tell(Stage stage, ChaosPlan plan, Size size) {
        stage.say("SEED %d   (again: ./escale drill chaos --seed %d%s)"
                .formatted(
                        plan.seed(),
                        plan.seed(),
                        size == Size.SHORT ? "" : " --" + size.name().toLowerCase(Locale.ROOT)));
        stage.say("%d bookings, %.0f per second, and".formatted(plan.bookings(), plan.rate()));
        plan.acts()
                .forEach(act -> stage.say(
                        "  after %5d: %s".formatted(act.after(), act.strike().line())));
    }

    /** So few seats that they are sold out half-way. */
    private static int few(ChaosPlan plan) {
        return PEOPLE * Math.ceilDiv(plan.bookings(), 2 * DEPARTURES);
    }

    private static Plan load(ChaosPlan plan, List<UUID> departures) {
        return new Plan(
                plan.rate(),
                AT_MOST,
                0,
                0,
                false,
                departures,
                TRAVELLERS,
                PEOPLE,
                "pm_card_visa",
                CONNECTIONS,
                PATIENCE,
                Duration.ZERO);
    }

    private static void awaitSent(Load load, int bookings) throws InterruptedException {
        while (load.figures().sentSoFar() < bookings) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Whether it went as planned. */
    private static boolean halt(Stage stage, Guide guide, Halt halt) throws InterruptedException {
        var before = stage.hits(halt.failpoint());
        switch (halt.arming()) {
            case RESTART -> stage.launcher().restart(halt.service(), halt.failpoint());
            case KILL -> {
                stage.launcher().kill(halt.service(), halt.failpoint());
                stage.launcher().await(halt.service());
            }
        }
        var armed = System.nanoTime();
        var next = armed;
        while (stage.hits(halt.failpoint()) == before && System.nanoTime() - armed < HIT_WITHIN.toNanos()) {
            if (System.nanoTime() >= next) {
                guide.lead(halt.place());
                next = System.nanoTime() + LEAD_EVERY.toNanos();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        var hit = stage.expect(
                stage.hits(halt.failpoint()) > before, halt.service() + " has halted at " + halt.failpoint());
        if (!hit) {
            stage.launcher().restart(halt.service());
        }
        comeBack(stage, halt.service());
        return hit;
    }

    private static void kill(Stage stage, String part) throws InterruptedException {
        stage.launcher().kill(part);
        comeBack(stage, part);
    }

    private static void comeBack(Stage stage, String part) {
        var gone = stage.seconds();
        stage.launcher().await(part);
        stage.say("%s is back after %.1f s".formatted(part, stage.seconds() - gone));
    }

    private static void outage(Stage stage, Guide guide, Duration time) throws InterruptedException {
        stage.provider().goDown();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        guide.fault();
        stage.say("the provider is back");
    }

    private static void heal(Stage stage, Size size) throws InterruptedException {
        stage.provider().heal();
        var healed = stage.seconds();
        stage.say("HEALED: no more bookings, no more strikes, a provider without faults");
        var rest = Quiet.await(stage.where(), PATIENCE, stage.businessTime());
        stage.expect(
                rest.none(),
                rest.none()
                        ? "all is final %.1f s after the last heal (meant to be within %d s)"
                                .formatted(stage.seconds() - healed, size == Size.SOAK ? 120 : 90)
                        : "not all is final after " + PATIENCE.toSeconds() + " s: " + rest);
    }

    private static void judge(Stage stage, Load load) throws InterruptedException {
        var outcome = load.finish();
        stage.show(outcome);
        var soldOut = outcome.refusals().getOrDefault("409 sold-out", 0L);
        stage.expect(
                outcome.accepted() + soldOut == outcome.sent(),
                "%d of %d were accepted, %d told that nothing is left"
                        .formatted(outcome.accepted(), outcome.sent(), soldOut));
    }
}
