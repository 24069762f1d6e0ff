package escale.drill.drills;

import java.util.concurrent.TimeUnit;

/** The worst moment to die: the money is taken and nobody has written it down. */
final class CrashAfterCharge implements Drill {
    private static final String METHOD = "pm_card_amex"; // nobody else's, so that the fault strikes nobody else

    @Override
    public String shows() {
        return "payment is killed after the provider took the money and before it could note so: charged once, confirmed";
    }

    @Override
    public void play(Stage stage) throws InterruptedException {
        var departure = stage.departure(10);
        var before = charges(stage);
        stage.provider()
                .put("{\"rules\":[{\"match\":{\"paymentMethod\":\"" + METHOD
                        + "\"},\"kind\":\"hangAfter\",\"times\":1}]}");
        try (var following = new Following(stage)) {
            var answer = stage.doors().book("traveller-crash", stage.run() + "-crash", departure, 1, METHOD);
            var booking = answer.located();
            if (booking == null) {
                stage.expect(false, "the booking is accepted: " + answer.text());
                return;
            }
            following.follow(booking);
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (charges(stage) == before && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            stage.expect(charges(stage) == before + 1, "the provider has taken the money and does not answer");
            stage.launcher().kill("payment");
            stage.say("payment was killed with SIGKILL");
            stage.expect(following.of("payment.succeeded").isEmpty(), "it had not told of a success");
            stage.expect(following.await("booking.confirmed", 120), "after its return the booking is confirmed");
            stage.expect(charges(stage) == before + 1, "the provider has charged once");
        } finally {
            stage.provider().heal();
        }
    }

    private static long charges(Stage stage) {
        var sum = 0L;
        for (var currency : stage.provider().stats().path("currencies")) {
            sum += currency.path("charges").asLong();
        }
        return sum;
    }
}
