package escale.drill.drills;

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
    private static final Duration EACH = Duration.ofSeconds(20);
    private static final int WORKERS = 3;

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
        stage.provider().answerAfter(SLOW);
        stage.launcher().scale("payment", 1);
        var plan = Plan.bookings(wanted.rate(), 0, departure).lasting(EACH.multipliedBy(3));
        try (var _ = stage.listen(workers::hear);
                var load = stage.load(plan)) {
            stage.say(Groups.members(stage.where().kafka(), "payment"));
            TimeUnit.NANOSECONDS.sleep(EACH.toNanos());
            var alone = load.figures().confirmedSoFar();
            stage.say("with 1 worker %.1f confirmed per second: %s"
                    .formatted(alone / (double) EACH.toSeconds(), workers.take()));
            stage.launcher().scale("payment", WORKERS);
            stage.say("there are " + WORKERS + " workers");
            TimeUnit.NANOSECONDS.sleep(EACH.toNanos());
            stage.say(Groups.members(stage.where().kafka(), "payment"));
            workers.take();
            var before = load.figures().confirmedSoFar();
            TimeUnit.SECONDS.sleep(EACH.toSeconds() / 2);
            var together = load.figures().confirmedSoFar() - before;
            var shares = workers.take();
            stage.say("with %d workers %.1f confirmed per second: %s"
                    .formatted(WORKERS, together / (EACH.toSeconds() / 2.0), shares));
            stage.expect(shares.size() == WORKERS, "every worker has its share");
            var outcome = load.finish();
            stage.show(outcome);
            stage.expect(outcome.accepted() == outcome.confirmed(), outcome.confirmed() + " confirmed");
        } finally {
            stage.provider().heal();
            stage.launcher().scale("payment", 1);
            stage.say("back to 1 worker");
        }
    }

    /** Counts what each worker settled. */
    private static final class Workers {
        private final Map<String, Long> settled = new TreeMap<>();

        synchronized void hear(Heard heard) {
            if (heard.type().equals("payment.succeeded")) {
                settled.merge(heard.json().path("worker").asText(), 1L, Long::sum);
            }
        }

        /** Since the last call. */
        synchronized Map<String, Long> take() {
            var taken = new TreeMap<>(settled);
            settled.clear();
            return taken;
        }
    }
}
