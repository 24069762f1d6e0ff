package escale.drill.drills;

import escale.drill.load.Plan;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Many want few seats, at once. */
final class HotSeat implements Drill {
    private static final int SEATS = 50;
    private static final double AT_ONCE = 5_000;

    private final Wanted wanted;

    HotSeat(Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public String shows() {
        return "500 travellers want the 50 seats of one departure at once: exactly 50 get one";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        var clients = wanted.count() > 0 ? wanted.count() : 500;
        var departure = stage.departure(SEATS);
        var plan = new Plan(
                AT_ONCE,
                Duration.ZERO,
                clients,
                0,
                false,
                List.of(departure),
                clients,
                1,
                "pm_card_visa",
                100,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
        stage.say(clients + " travellers ask for one seat each of " + SEATS);
        try (var load = stage.load(plan)) {
            var outcome = load.finish();
            stage.show(outcome);
            stage.expect(outcome.accepted() == SEATS, outcome.accepted() + " bookings were accepted");
            stage.expect(
                    outcome.refusals().getOrDefault("409 sold-out", 0L) == clients - SEATS,
                    outcome.refusals() + " were told that nothing is left");
            stage.expect(outcome.confirmed() == SEATS, outcome.confirmed() + " bookings were confirmed");
        }
    }
}
