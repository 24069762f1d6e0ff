package escale.payment;

import escale.messaging.Outbox;
import escale.payment.refund.Refunds;
import escale.payment.sql.CancelOrders;
import escale.payment.sql.Results;
import escale.payment.sql.Stragglers;
import escale.runtime.Trace;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Takes a charge back for good. What was not charged never will be, money that was taken is refunded, and where that is
 * open the provider is told to cancel and asked. An order that overtakes its charge leaves a tombstone for it.
 */
@Singleton
public final class TakeBackCharge {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final Origin ORIGIN = new Origin("reconciler", 0, 0);

    private final Database database;
    private final CancelOrders orders;
    private final Refunds refunds;
    private final Stragglers stragglers;
    private final Results results;
    private final Outbox outbox;
    private final PaymentProvider provider;
    private final Judgement judgement;
    private final Telling telling;

    /** Booking's wish. */
    public record CancelOrder(UUID bookingId, int chargeNo, String reason, Trace trace) {}

    TakeBackCharge(
            Database database,
            CancelOrders orders,
            Refunds refunds,
            Stragglers stragglers,
            Results results,
            Outbox outbox,
            PaymentProvider provider,
            Judgement judgement,
            Telling telling) {
        this.database = database;
        this.orders = orders;
        this.refunds = refunds;
        this.stragglers = stragglers;
        this.results = results;
        this.outbox = outbox;
        this.provider = provider;
        this.judgement = judgement;
        this.telling = telling;
    }

    public void takeBack(CancelOrder order, Origin origin) {
        database.transaction(tx -> {
            var was = orders.enter(tx, order);
            if (was.isPresent()) {
                var charge = was.get();
                if (charge.isNowCancelled()) {
                    var cancelled = new PaymentEvent.Cancelled(telling.about(charge.payment(), origin));
                    outbox.add(tx, List.of(telling.booking(charge.payment(), cancelled)));
                } else if (charge.state() == State.PAID) {
                    refunds.giveBack(tx, charge.payment().order().paymentId());
                }
            }
            return was;
        });
    }

    /** One round: where something was open when the charge was taken back, the provider cancels or tells. */
    void settleOpenOnes() {
        for (var payment : stragglers.takenBack(ASK_AGAIN)) {
            judgement.ofTakenBack(payment, provider.giveUp(payment), ORIGIN).ifPresent(results::record);
        }
    }
}
