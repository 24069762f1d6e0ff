package escale.drill.drills;

import escale.drill.load.Ending;
import escale.drill.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The provider is away for minutes, and bookings go on. */
final class Outage implements Drill {
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofSeconds(15);
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);

    private final Wanted wanted;

    Outage(Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public String shows() {
        return "the provider is down for --for: no dead letter, no attempt spent; what waits for payment confirms by itself";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        var departure = stage.departure(1_000_000);
        var whole = BEFORE.plus(wanted.time()).plus(AFTER);
        var plan = Plan.bookings(wanted.rate(), 0, departure).lasting(whole);
        stage.say("%.0f bookings per second for %d s".formatted(wanted.rate(), whole.toSeconds()));
        try (var _ = stage.listen(heard -> {
                    if (heard.key().equals("outage")) {
                        stage.say(heard.type() + " " + heard.json());
                    }
                });
                var load = stage.load(plan)) {
            TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
            stage.provider().goDown();
            stage.say("THE PROVIDER IS DOWN");
            TimeUnit.NANOSECONDS.sleep(wanted.time().toNanos());
            var waiting = load.figures().acceptedSoFar()
                    - load.figures().confirmedSoFar()
                    - load.figures().ended(Ending.RESERVED);
            stage.provider().heal();
            stage.say("THE PROVIDER IS BACK; " + waiting + " bookings wait for it");
            var back = System.nanoTime();
            load.awaitSent();
            var outcome = load.finish();
            var took = Duration.ofNanos(System.nanoTime() - back);
            stage.show(outcome);
            stage.expect(outcome.deadLetters() == 0, outcome.deadLetters() + " dead letters");
            stage.expect(outcome.failedAttempts() == 0, outcome.failedAttempts() + " attempts were spent");
            stage.expect(
                    outcome.accepted() == outcome.sent(),
                    outcome.accepted() + " of " + outcome.sent() + " were accepted");
            var reserved = outcome.endings().getOrDefault(Ending.RESERVED, 0L);
            stage.expect(
                    outcome.confirmed() + reserved == outcome.accepted(),
                    outcome.confirmed() + " confirmed, " + reserved + " reserved to be paid later");
            stage.expect(
                    took.compareTo(RECOVERED_WITHIN) < 0,
                    "all settled %d s after the recovery, with bookings still coming for %d s of them"
                            .formatted(took.toSeconds(), AFTER.toSeconds()));
        } finally {
            stage.provider().heal();
        }
    }
}
