package escale.drill.drills;

import com.fasterxml.jackson.databind.JsonNode;
import escale.drill.load.Plan;
import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Many payments that machines gave up, tried again at once: too early, and then in time. */
final class Redrive implements Drill {
    private static final String METHOD = "pm_card_amex"; // nobody else's, so that the fault strikes nobody else
    private static final int LADDER_SECONDS = 31;
    private static final int SLACK_SECONDS = 20;
    /** So much goes well meanwhile that the breaker, which is for outages, stays closed. */
    private static final int OTHERS_PER_SECOND = 40;

    private final Wanted wanted;

    Redrive(Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public String shows() {
        return "30 dead letters: with the fault still there a redrive stops after its first; with the fault gone, and payment "
                + "killed in the middle, all are settled, each once";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        var letters = wanted.count() > 0 ? Math.min(wanted.count(), 99) : 30;
        var since = stage.now();
        stage.provider()
                .put("{\"rules\":[{\"match\":{\"paymentMethod\":\"" + METHOD + "\"},\"kind\":\"error500Before\"}]}");
        var wish = "{\"openedAfter\":\"" + since + "\",\"rate\":10}";
        var departure = stage.departure(1_000_000);
        var others = Plan.bookings(OTHERS_PER_SECOND, 0, departure)
                .lasting(Duration.ofSeconds(letters + 2 * LADDER_SECONDS + SLACK_SECONDS));
        try {
            try (var load = stage.load(others, _ -> {})) {
                makeDeadLetters(stage, letters, departure, since);
                redriveTooEarly(stage, letters, wish);
                var outcome = load.finish();
                stage.expect(outcome.confirmed() == outcome.accepted(), outcome.confirmed() + " others were confirmed");
            }
            stage.provider().heal();
            stage.say("the provider works again");
            stage.expect(awaitOpen(stage, since, letters), "the one that failed is a case again");
            var before = charges(stage);
            var late = follow(stage, start(stage, "late", wish), true);
            stage.expect(
                    late.path("state").asText().equals("DONE")
                            && late.path("outcomes").path("PAID").asInt() == letters,
                    "with the fault gone all are paid: " + late.path("outcomes"));
            stage.expect(charges(stage) == before + letters, "the provider has charged each once");
            stage.expect(awaitOpen(stage, since, 0), "no case is left");
        } finally {
            stage.provider().heal();
        }
    }

    private static void makeDeadLetters(Stage stage, int letters, UUID departure, Instant since)
            throws InterruptedException {
        stage.say("%d bookings whose card fails, one each second, among %d per second that are well"
                .formatted(letters, OTHERS_PER_SECOND));
        for (var i = 0; i < letters; i++) {
            var answer =
                    stage.doors().book("traveller-redrive-" + i, stage.run() + "-redrive-" + i, departure, 1, METHOD);
            if (!answer.accepted()) {
                stage.expect(false, "a booking is accepted: " + answer.text());
            }
            TimeUnit.SECONDS.sleep(1);
        }
        stage.expect(awaitOpen(stage, since, letters), letters + " dead letters");
    }

    private static void redriveTooEarly(Stage stage, int letters, String wish) throws InterruptedException {
        stage.say("preview " + stage.doors().preview(wish));
        var early = follow(stage, start(stage, "early", wish), false);
        stage.expect(
                early.path("state").asText().equals("STOPPED")
                        && early.path("why").asText().equals("too-many-failed"),
                "with the fault still there it stops: " + early.path("why").asText());
        stage.expect(
                early.path("failed").asInt() == 1 && early.path("left").asInt() == letters - 1,
                "after its first letter: %d failed, %d left"
                        .formatted(
                                early.path("failed").asInt(), early.path("left").asInt()));
    }

    private static String start(Stage stage, String name, String wish) {
        var started = stage.doors().redrive(stage.run() + "-" + name, wish);
        if (!started.has("redriveId")) {
            throw new Unreachable("The redrive was not started: " + started);
        }
        return started.path("redriveId").asText();
    }

    /** Until it has ended; with a murder in the middle, if that is wanted. */
    private static JsonNode follow(Stage stage, String id, boolean kill) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        var said = "";
        var killed = !kill;
        while (System.nanoTime() < deadline) {
            var redrive = read(stage, id);
            if (redrive == null) {
                TimeUnit.MILLISECONDS.sleep(200); // payment is coming up again
                continue;
            }
            var line = "%s batch %d of %d, %d settled, %d failed, %d under way, %d left"
                    .formatted(
                            redrive.path("state").asText(),
                            redrive.path("batch").asInt(),
                            redrive.path("batchSize").asInt(),
                            redrive.path("settled").asInt(),
                            redrive.path("failed").asInt(),
                            redrive.path("underWay").asInt(),
                            redrive.path("left").asInt());
            if (!line.equals(said)) {
                stage.say(line);
                said = line;
            }
            if (!redrive.path("state").asText().equals("RUNNING")) {
                return redrive;
            }
            if (!killed && redrive.path("batch").asInt() == 2) {
                stage.launcher().kill("payment");
                stage.say("payment was killed with SIGKILL");
                killed = true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new Unreachable("The redrive does not end: " + said);
    }

    private static @Nullable JsonNode read(Stage stage, String id) {
        try {
            var redrive = stage.doors().redrive(id);
            return redrive.has("state") ? redrive : null;
        } catch (Unreachable away) {
            return null;
        }
    }

    private static boolean awaitOpen(Stage stage, Instant since, int letters) throws InterruptedException {
        for (var i = 0; i < 250 && stage.doors().openCases(since) != letters; i++) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return stage.doors().openCases(since) == letters;
    }

    private static long charges(Stage stage) {
        var sum = 0L;
        for (var currency : stage.provider().stats().path("currencies")) {
            sum += currency.path("charges").asLong();
        }
        return sum;
    }
}
