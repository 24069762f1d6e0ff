package escale.drill.drills;

import escale.drill.load.Ending;
import escale.drill.load.Plan;
import escale.drill.wire.Heard;
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
        var notices = new Notices(stage);
        try (var _ = stage.listen(notices::hear);
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
            stage.expect(
                    notices.spentAfter == 0,
                    "%d attempts were spent during the outage (%d by calls that were cut off as it began)"
                            .formatted(notices.spentAfter, notices.spentBefore));
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

    /** Tells attempts that were cut off as the provider went from those made although it was known to be away. */
    private static final class Notices {
        private static final Duration UNDER_WAY = Duration.ofSeconds(10); // a call may take five, and be told later

        private final Stage stage;
        private double noticedAt = Double.MAX_VALUE;
        private volatile int spentBefore;
        private volatile int spentAfter;

        Notices(Stage stage) {
            this.stage = stage;
        }

        synchronized void hear(Heard heard) {
            switch (heard.type()) {
                case "payment.outage-started" -> {
                    noticedAt = stage.seconds();
                    stage.say(heard.type() + " " + heard.json());
                }
                case "payment.outage-ended" -> {
                    noticedAt = Double.MAX_VALUE;
                    stage.say(heard.type() + " " + heard.json());
                }
                case "payment.attempt-failed" -> {
                    if (stage.seconds() < noticedAt + UNDER_WAY.toSeconds()) {
                        spentBefore++;
                    } else {
                        spentAfter++;
                    }
                }
                default -> {}
            }
        }
    }
}
