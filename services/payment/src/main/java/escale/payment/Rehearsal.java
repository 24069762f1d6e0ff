package escale.payment;

import escale.payment.sql.Claims;
import escale.payment.sql.Results;
import escale.runtime.Ids;
import escale.runtime.Stage;
import escale.runtime.Trace;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Goes through the motions before the first payment comes, so that it is as quick as the hundredth: claims and results
 * that are rolled back, and calls to the provider that move nothing.
 */
@Singleton
final class Rehearsal implements Stage {
    private static final int ROUNDS = 100;
    private static final int CALLS = 30;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Origin ORIGIN = new Origin("rehearsal", 0, 0);

    private final Database database;
    private final Results results;
    private final PaymentProvider provider;
    private final Judgement judgement;

    /** Nothing that happened in a rehearsal has happened. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Payment rehearsed;

        Over(Payment rehearsed) {
            super("the rehearsal is over", null, false, false);
            this.rehearsed = rehearsed;
        }
    }

    Rehearsal(Database database, Results results, PaymentProvider provider, Judgement judgement) {
        this.database = database;
        this.results = results;
        this.provider = provider;
        this.judgement = judgement;
    }

    @Override
    public Phase phase() {
        return Phase.WARM_UP;
    }

    @Override
    public String name() {
        return "rehearsal";
    }

    @Override
    public void start() {
        for (var i = 0; i < ROUNDS; i++) {
            rehearse();
        }
        var end = System.nanoTime() + LONGEST.toNanos();
        var calls = 0;
        while (calls < CALLS && System.nanoTime() - end < 0 && provider.answers()) {
            calls++;
        }
        if (calls == CALLS) { // one that is away or slow is no reason to wait
            provider.ask(rehearse()); // reading a payment of theirs for the first time takes long
        }
    }

    private Payment rehearse() {
        try {
            return database.transaction(tx -> {
                var order = new Order(
                        Ids.next(), Ids.next(), 1, "CHARGE", 1, "EUR", "pm_card_visa", "rehearsal", new Trace("", ""));
                var payment = Claims.grantFirst(tx, List.of(order)).getFirst();
                results.record(tx, judgement.of(payment, new Charge.Paid("pi_rehearsal"), ORIGIN));
                tx.send();
                throw new Over(payment);
            });
        } catch (Over curtain) {
            return curtain.rehearsed;
        }
    }
}
