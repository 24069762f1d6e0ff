package escale.drill.drills;

import escale.drill.levers.Doors;
import escale.drill.load.Ending;
import escale.drill.load.Load;
import escale.drill.load.Plan;
import escale.drill.wire.Answer;
import escale.drill.wire.Heard;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A worker restarts, then the provider is away for minutes; who books meanwhile pays by link. */
final class PayLater implements Drill {
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration RESTARTING = Duration.ofSeconds(30);
    private static final Duration AFTER = Duration.ofSeconds(40);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);
    private static final String METHOD = "pm_card_visa";

    private final Wanted wanted;

    PayLater(Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public String shows() {
        return "a killed worker reserves nothing; of an outage of --for what was accepted before it was noticed confirms by"
                + " itself, the rest is reserved, each with a link that pays";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        var departure = stage.departure(1_000_000);
        var whole = BEFORE.plus(RESTARTING).plus(wanted.time()).plus(AFTER);
        stage.say("%.0f bookings per second for %d s".formatted(wanted.rate(), whole.toSeconds()));
        var plan = Plan.bookings(wanted.rate(), 0, departure).lasting(whole);
        var letters = new Letters();
        try (var _ = stage.listen(letters::hear)) {
            try (var load = stage.load(plan)) {
                killAWorker(stage, load);
                takeTheProviderAway(stage, load);
                judge(stage, load);
            }
            payByLink(stage, letters);
        } finally {
            stage.provider().heal();
        }
    }

    private static void killAWorker(Stage stage, Load load) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(BEFORE.toNanos());
        stage.launcher().kill("payment");
        stage.say("PAYMENT WAS KILLED; it is brought back");
        TimeUnit.NANOSECONDS.sleep(RESTARTING.toNanos());
        var reserved = load.figures().ended(Ending.RESERVED);
        stage.expect(reserved == 0, reserved + " bookings were reserved while a worker restarted");
    }

    private void takeTheProviderAway(Stage stage, Load load) throws InterruptedException {
        stage.provider().goDown();
        stage.say("THE PROVIDER IS DOWN");
        TimeUnit.NANOSECONDS.sleep(wanted.time().toNanos());
        stage.provider().heal();
        stage.say("THE PROVIDER IS BACK; %d bookings are reserved"
                .formatted(load.figures().ended(Ending.RESERVED)));
    }

    private static void judge(Stage stage, Load load) throws InterruptedException {
        load.awaitSent();
        var outcome = load.finish();
        stage.show(outcome);
        var reserved = outcome.endings().getOrDefault(Ending.RESERVED, 0L);
        stage.expect(outcome.deadLetters() == 0, outcome.deadLetters() + " dead letters");
        stage.expect(
                outcome.accepted() == outcome.sent(), outcome.accepted() + " of " + outcome.sent() + " were accepted");
        stage.expect(
                reserved > 0 && outcome.confirmed() + reserved == outcome.accepted(),
                outcome.confirmed() + " confirmed by themselves, " + reserved + " are reserved");
    }

    /** All of them, without signing in. */
    private static void payByLink(Stage stage, Letters letters) throws InterruptedException {
        var doors = stage.doors();
        var tokens = Map.copyOf(letters.tokens);
        var refused = 0;
        for (var reservation : tokens.entrySet()) {
            var answer = pay(stage, doors, reservation.getKey(), reservation.getValue());
            refused += answer.accepted() ? 0 : 1;
        }
        stage.expect(refused == 0, refused + " of " + tokens.size() + " links were refused");
        var deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (!letters.confirmed.containsAll(tokens.keySet()) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        var paid = tokens.keySet().stream().filter(letters.confirmed::contains).count();
        stage.expect(paid == tokens.size(), paid + " of " + tokens.size() + " are confirmed");
        var any = tokens.entrySet().stream().findAny();
        if (any.isPresent()) {
            var again = doors.payByLink(any.get().getKey(), any.get().getValue(), "again", METHOD);
            stage.expect(
                    again.status() == 409 && "already-paid".equals(again.field("code")),
                    "a link that has paid pays nothing more: " + again.status() + " " + again.field("code"));
        }
    }

    private static Answer pay(Stage stage, Doors doors, UUID booking, String token) {
        var answer = doors.payByLink(booking, token, "link-" + booking, METHOD);
        if (!answer.accepted()) {
            stage.say(booking + " " + answer.text());
        }
        return answer;
    }

    /** What the reserved travellers of this drill were sent, and who of them is confirmed. */
    private static final class Letters {
        private static final String TOKEN = "token=";
        private final Map<UUID, String> tokens = new ConcurrentHashMap<>();
        private final Set<UUID> confirmed = ConcurrentHashMap.newKeySet();

        void hear(Heard heard) {
            switch (heard.type()) {
                case "booking.reserved" -> {
                    var link = heard.json().path("link").asText();
                    tokens.put(UUID.fromString(heard.key()), link.substring(link.indexOf(TOKEN) + TOKEN.length()));
                }
                case "booking.confirmed" -> confirmed.add(UUID.fromString(heard.key()));
                default -> {}
            }
        }
    }
}
