package escale.drill.drills;

import escale.drill.load.Plan;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A part is killed in the middle of a load, as by a power cut. */
final class KillUnderLoad implements Drill {
    private final Wanted wanted;

    KillUnderLoad(Wanted wanted) {
        this.wanted = wanted;
    }

    @Override
    public String shows() {
        return "kill -9 of payment, booking, kafka or postgresql (--what) in the middle of 2,000 bookings: none is lost, "
                + "none is charged twice";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        var count = wanted.count() > 0 ? wanted.count() : 2_000;
        var departure = stage.departure(count);
        stage.say("%d bookings at %.0f per second".formatted(count, wanted.rate()));
        try (var load = stage.load(Plan.bookings(wanted.rate(), count, departure))) {
            while (load.figures().sentSoFar() < count * 2 / 5) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            stage.say("kill -9 " + wanted.what() + " after " + load.figures().sentSoFar() + " bookings");
            stage.launcher().kill(wanted.what());
            stage.say(wanted.what() + " was killed; the launcher brings it back");
            var outcome = load.finish();
            stage.show(outcome);
            stage.expect(outcome.accepted() == count, outcome.accepted() + " of " + count + " bookings were accepted");
            stage.expect(outcome.unsettled() == 0, outcome.unsettled() + " are not settled");
            stage.expect(outcome.deadLetters() == 0, outcome.deadLetters() + " dead letters");
        }
    }
}
