package escale.payment.cases;

import escale.messaging.Outbox;
import escale.payment.Origin;
import escale.payment.PaymentEvent;
import escale.payment.Telling;
import escale.payment.sql.PaymentRow;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** A person decides that a charge that came to nothing is not tried any more. */
@Singleton
public final class CancelCharge {
    private static final Origin ORIGIN = new Origin("case", 0, 0);

    private final Casework casework;
    private final Outbox outbox;
    private final Telling telling;

    CancelCharge(Casework casework, Outbox outbox, Telling telling) {
        this.casework = casework;
        this.outbox = outbox;
        this.telling = telling;
    }

    /**
     * Only what was proven unpaid. Where money may have been taken its booking is to be cancelled, which takes the charge
     * back and refunds it; doing so here alone would give a confirmed traveller the money back.
     */
    public Acted cancel(UUID id, int seen, Deed deed) {
        return casework.act(id, seen, deed, (tx, letter) -> {
            var ticket = letter.payment();
            if (ticket == null || letter.refundId() != null) {
                return new Casework.After.Refused("not-a-charge", "This case is not about a charge");
            }
            if (letter.status() != DeadLetter.Status.OPEN) {
                return new Casework.After.Refused("not-open", "Only the charge of an open case can be cancelled");
            }
            var payment = tx.first("""
                            update payment
                            set state = 'CANCELLED', fence = fence + 1, version = version + 1,
                                updated_at = clock_timestamp()
                            where id = ? and state = 'FAILED'
                            returning old.*
                            """, PaymentRow::of, ticket.paymentId());
            if (payment.isEmpty()) {
                return new Casework.After.Refused(
                        "not-proven-unpaid",
                        "Money may have been taken: cancel the booking, which takes the charge back and refunds it");
            }
            var about = telling.about(payment.get(), ORIGIN);
            outbox.add(tx, List.of(telling.booking(payment.get(), new PaymentEvent.Cancelled(about))));
            return Casework.After.status(letter, DeadLetter.Status.SETTLED);
        });
    }
}
