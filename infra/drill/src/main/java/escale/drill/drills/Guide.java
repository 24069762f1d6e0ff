package escale.drill.drills;

import escale.drill.levers.Poison;
import escale.drill.wire.Unreachable;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Leads a service to the failpoint it is to halt at, where bookings alone would not. */
final class Guide {
    /** Nobody else's cards, so that the faults of the one and the other strike nobody else. */
    private static final String WITHOUT_ANSWER = "pm_card_mastercard";

    private static final String FAILING = "pm_card_amex";
    private static final int DEAD_LETTERS = 3;
    private static final int CONFIRMED_WITHIN_SECONDS = 30;

    private final Stage stage;
    private final UUID departure;
    private final long seed;
    private final Instant since;
    private boolean cardsFail;
    private int percent;
    private int step;

    Guide(Stage stage, UUID departure, long seed) {
        this.stage = stage;
        this.departure = departure;
        this.seed = seed;
        this.since = stage.now();
    }

    /** From now on so many of the provider's calls fail, in all the ways a provider has. */
    void faults(int ofHundred) {
        percent = ofHundred;
        fault();
    }

    /** Also after an outage, which knows no other faults. */
    void fault() {
        stage.provider().put("""
                {"errorRate": 0.%02d, "seed": %d,
                 "errorKind": ["error500Before", "error500After", "error500Stored", "error502Html", "error503", "error429",
                    "resetBefore", "resetAfter", "truncated", "hang", "hangAfter"],
                 "webhooks": {"twice": true, "lateMs": 200},
                 "rules": [{"match": {"paymentMethod": "%s", "call": ["create"]}, "kind": "error500After"}%s]}
                """.formatted(percent, seed, WITHOUT_ANSWER, cardsFail ? """
                        , {"match": {"paymentMethod": "%s"}, "kind": "error500Before"}""".formatted(FAILING) : ""));
    }

    /** Long before they are needed, for it takes a payment half a minute to become a dead letter. */
    void prepareDeadLetters() {
        cardsFail = true;
        fault();
        for (var i = 0; i < DEAD_LETTERS; i++) {
            step++;
            try {
                book(FAILING);
            } catch (Unreachable away) {
                stage.say("one dead letter less: " + away.getMessage());
            }
        }
    }

    /** One try; what is away just now is away because of us. */
    void lead(Place place) throws InterruptedException {
        step++;
        try {
            switch (place.way()) {
                case BOOKINGS -> {}
                case POISON -> new Poison(stage.where().kafka()).drop(stage.run() + "-poison-" + step);
                case CANCELLATION -> cancel();
                case LOST_ANSWER -> book(WITHOUT_ANSWER);
                case REDRIVE -> redrive();
            }
        } catch (Unreachable away) {
            stage.say("not yet: " + away.getMessage());
        }
    }

    /** Money that was taken is given back. */
    private void cancel() throws InterruptedException {
        var booking = book("pm_card_visa");
        var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONFIRMED_WITHIN_SECONDS);
        while (!stage.doors().read(user(), booking).path("status").asText().equals("CONFIRMED")) {
            if (System.nanoTime() > patience) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        stage.doors().cancel(user(), booking);
    }

    /** Of what has become a dead letter by now; if nothing has, something nobody can read is one at once. */
    private void redrive() {
        if (cardsFail) {
            cardsFail = false;
            fault();
        }
        if (stage.doors().openCases(since) == 0) {
            new Poison(stage.where().kafka()).drop(stage.run() + "-poison-" + step);
        } else {
            stage.doors().redrive(stage.run() + "-redrive-" + step, "{\"openedAfter\":\"" + since + "\",\"rate\":10}");
        }
    }

    private UUID book(String method) {
        var answer = stage.doors().book(user(), stage.run() + "-guide-" + step, departure, 1, method);
        var booking = answer.located();
        if (booking == null) {
            throw new Unreachable("no booking for the failpoint: " + answer.text());
        }
        return booking;
    }

    private String user() {
        return "traveller-guide-" + step;
    }
}
