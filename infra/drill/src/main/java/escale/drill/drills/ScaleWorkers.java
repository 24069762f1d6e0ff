package escale.drill.drills;

import escale.drill.load.Figures;
import escale.drill.load.Plan;
import escale.drill.wire.Groups;
import escale.drill.wire.Heard;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** One payment worker becomes three while bookings come in. */
final class ScaleWorkers implements Drill {
    private static final Duration SLOW = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long WARM_UP = 5;
    private static final long MEASURED = 20;
    private static final int WORKERS = 3;
    /** Of the rate that was wanted: below it, one worker could not follow. */
    private static final double NARROW = 0.9;
    /** Three workers have three times the calls; the machine may not. */
    private static final double MORE = 1.3;

    private final Wanted wanted;

    ScaleWorkers(Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public String shows() {
        return "payment goes from 1 to 3 workers under load, at a provider that takes 200 ms: who did what, and nothing twice";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        var departure = stage.departure(1_000_000);
        var workers = new Workers();
        stage.launcher().scale("payment", 1);
        stage.provider().answerAfter(SLOW);
        try (var _ = stage.listen(workers::hear);
                var load = stage.load(Plan.bookings(wanted.rate(), 0, departure).lasting(LONGEST))) {
            TimeUnit.SECONDS.sleep(WARM_UP);
            var alone = measure(stage, load.figures(), workers);
            stage.launcher().scale("payment", WORKERS);
            stage.say("there are " + WORKERS + " workers");
            stage.expect(workers.awaitAll(WORKERS), "every worker settles payments");
            TimeUnit.SECONDS.sleep(WARM_UP);
            var together = measure(stage, load.figures(), workers);
            load.stop();
            var outcome = load.finish();
            stage.show(outcome);
            stage.expect(together.shares().size() == WORKERS && alone.shares().size() == 1, "each had its share");
            compare(stage, alone.perSecond(), together.perSecond());
            stage.expect(outcome.accepted() == outcome.confirmed(), outcome.confirmed() + " confirmed");
        } finally {
            stage.provider().heal();
            stage.launcher().scale("payment", 1);
            stage.say("back to 1 worker");
        }
    }

    private record Measured(Map<String, Long> shares, double perSecond) {}

    /** More workers confirm more only where one of them was the narrow place. */
    private void compare(Stage stage, double alone, double together) {
        if (alone < wanted.rate() * NARROW) {
            stage.expect(
                    together > alone * MORE,
                    "%d workers confirm %.1f times as much as one".formatted(WORKERS, together / alone));
        } else {
            stage.say(
                    "one worker was enough for %.0f bookings/s; PAYMENTS_IN_FLIGHT=16 ./escale up makes it the narrow place"
                            .formatted(wanted.rate()));
        }
    }

    /** What each worker settled in some seconds. */
    private static Measured measure(Stage stage, Figures figures, Workers workers) throws InterruptedException {
        try (var groups = new Groups(stage.where().kafka())) {
            stage.say("partitions of each worker: " + groups.shares("payment-workers"));
        }
        var before = figures.confirmedSoFar();
        workers.take();
        TimeUnit.SECONDS.sleep(MEASURED);
        var measured = new Measured(workers.take(), (figures.confirmedSoFar() - before) / (double) MEASURED);
        stage.say("%d workers, %.1f confirmed per second: %s"
                .formatted(measured.shares().size(), measured.perSecond(), measured.shares()));
        return measured;
    }

    /** Counts what each worker settled. */
    private static final class Workers {
        private final Map<String, Long> settled = new TreeMap<>();

        synchronized void hear(Heard heard) {
            if (heard.type().equals("payment.succeeded")) {
                settled.merge(heard.json().path("worker").asText(), 1L, Long::sum);
            }
        }

        /** Waits until so many have settled something. */
        boolean awaitAll(int count) throws InterruptedException {
            for (var second = 0; second < LONGEST.toSeconds() / 2; second++) {
                synchronized (this) {
                    if (settled.size() >= count) {
                        return true;
                    }
                }
                TimeUnit.SECONDS.sleep(1);
            }
            return false;
        }

        /** Since the last call. */
        synchronized Map<String, Long> take() {
            var taken = new TreeMap<>(settled);
            settled.clear();
            return taken;
        }
    }
}
