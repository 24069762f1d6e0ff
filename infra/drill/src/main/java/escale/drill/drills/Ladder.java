package escale.drill.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A payment whose every call fails, until machines give up and a person helps. */
final class Ladder implements Drill {
    private static final String METHOD = "pm_card_amex"; // nobody else's, so that the fault strikes nobody else
    private static final List<Integer> DELAYS = List.of(1, 2, 4, 8, 16);

    @Override
    public String shows() {
        return "six attempts after 0, 1, 3, 7, 15 and 31 s, then a dead letter and a case; replayed, it is paid once";
    }

    @Override
    public void play(Stage stage) throws InterruptedException {
        var departure = stage.departure(10);
        stage.provider()
                .put("{\"rules\":[{\"match\":{\"paymentMethod\":\"" + METHOD + "\"},\"kind\":\"error500Before\"}]}");
        try (var following = new Following(stage)) {
            var answer = stage.doors().book("traveller-ladder", stage.run() + "-ladder", departure, 1, METHOD);
            var booking = answer.located();
            if (booking == null) {
                stage.expect(false, "the booking is accepted: " + answer.text());
                return;
            }
            following.follow(booking);
            stage.expect(following.await("payment.exhausted", 60), "the ladder ends");
            expectDelays(stage, following);
            stage.expect(
                    following.await(each -> each.heard().topic().equals("payments.dlt"), 10),
                    "a dead letter is written");
            stage.expect(
                    following.await(
                            each -> each.is("booking.payment-failed") || each.is("booking.needs-attention"), 10),
                    "booking tells");
            var read = stage.doors().read("traveller-ladder", booking);
            stage.expect(
                    read.path("requiresManualIntervention").asBoolean(),
                    "GET says " + read.path("status").asText() + ", requiresManualIntervention "
                            + read.path("requiresManualIntervention").asText());
            stage.provider().heal();
            stage.say("the provider works again");
            replay(stage, following, booking);
        } finally {
            stage.provider().heal();
        }
    }

    /** Delays may be longer on a busy machine, and must not be shorter. */
    private static void expectDelays(Stage stage, Following following) {
        var times = new ArrayList<Double>();
        following.of("payment.attempt-failed").forEach(each -> times.add(each.second()));
        following.of("payment.exhausted").forEach(each -> times.add(each.second()));
        var after = new StringBuilder();
        var kept = times.size() == DELAYS.size() + 1;
        for (var i = 0; i < times.size(); i++) {
            after.append(String.format(Locale.ROOT, "%.2f ", times.get(i) - times.getFirst()));
            kept &= i == 0 || times.get(i) - times.get(i - 1) >= DELAYS.get(i - 1) - 0.05;
        }
        stage.expect(kept, "attempts failed at " + after + "s");
    }

    private static void replay(Stage stage, Following following, UUID booking) throws InterruptedException {
        var cases = stage.doors().cases(booking);
        for (var i = 0; i < 50 && cases.isEmpty(); i++) {
            Thread.sleep(100);
            cases = stage.doors().cases(booking);
        }
        if (!stage.expect(cases.size() == 1, "the case is before an operator")) {
            return;
        }
        var letter = cases.path(0);
        stage.say("case " + letter.path("deadLetterId").asText(letter.path("id").asText()) + ": "
                + letter.path("cause").asText() + ", " + letter.path("attempts").asText() + " attempts");
        var replayed = stage.doors()
                .replay(letter.path("deadLetterId").asText(letter.path("id").asText()));
        stage.expect(replayed.status() == 202, "the operator replays it: " + replayed.status());
        stage.expect(following.await("booking.confirmed", 30), "it is paid and confirmed");
    }
}
