package escale.payment;

import escale.messaging.Outbox;
import escale.messaging.RetryLadder;
import escale.payment.sql.Results;
import escale.payment.sql.Stragglers;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Finds what no record will bring back by itself. A payment that is long overdue gets a new ticket for the attempt it
 * waits for; a void one dies at the claim. One whose ladder ended in doubt is asked about until the provider tells.
 */
@Singleton
final class Reconcile {
    private static final Duration OVERDUE = Duration.ofSeconds(60);
    private static final Duration ASK_EVERY = Duration.ofSeconds(30);
    private static final Origin ORIGIN = new Origin("reconciler", 0, 0);

    private final Database database;
    private final Stragglers stragglers;
    private final Results results;
    private final Outbox outbox;
    private final RetryLadder ladder;
    private final Telling telling;
    private final PaymentProvider provider;
    private final ProviderBreaker breaker;
    private final Judgement judgement;
    private final TakeBackCharge takeBack;
    private final HearProvider hear;

    Reconcile(
            Database database,
            Stragglers stragglers,
            Results results,
            Outbox outbox,
            RetryLadder ladder,
            Telling telling,
            PaymentProvider provider,
            ProviderBreaker breaker,
            Judgement judgement,
            TakeBackCharge takeBack,
            HearProvider hear) {
        this.database = database;
        this.stragglers = stragglers;
        this.results = results;
        this.outbox = outbox;
        this.ladder = ladder;
        this.telling = telling;
        this.provider = provider;
        this.breaker = breaker;
        this.judgement = judgement;
        this.takeBack = takeBack;
        this.hear = hear;
    }

    /** One round, every few seconds. While the provider is away everything may wait, and nothing is overdue. */
    void round() {
        if (breaker.closed()) {
            reissueTickets();
            settleDoubts();
            takeBack.settleOpenOnes();
            hear.askAboutTravellers();
        }
    }

    private void reissueTickets() {
        var rung = ladder.rungs().getFirst();
        database.transaction(tx -> {
            var tickets = stragglers.overdue(tx, OVERDUE).stream()
                    .map(late -> telling.retry(late.payment(), late.nextAttempt(), rung.topic(), rung.delay()))
                    .toList();
            outbox.add(tx, tickets);
            return tickets;
        });
    }

    private void settleDoubts() {
        for (var payment : stragglers.unproven(ASK_EVERY)) {
            var answer = provider.giveUp(payment);
            switch (answer) {
                case Charge.Unknown _, Charge.NotAttempted _ -> {} // asked again next time
                case Charge.Paid _, Charge.Unpaid _, Charge.ActionRequired _, Charge.Declined _ ->
                    results.record(judgement.ofTheEnd(payment, answer, ORIGIN));
            }
        }
    }
}
