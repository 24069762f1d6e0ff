package escale.payment.cases;

import escale.messaging.Outbox;
import escale.payment.Origin;
import escale.payment.PaymentEvent;
import escale.payment.Telling;
import escale.payment.sql.PaymentRow;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** A person has evidence that the money came another way: the payment is paid, and the evidence is kept with it. */
@Singleton
public final class MarkPaid {
    private static final Origin ORIGIN = new Origin("case", 0, 0);

    private final Casework casework;
    private final Outbox outbox;
    private final Telling telling;

    MarkPaid(Casework casework, Outbox outbox, Telling telling) {
        this.casework = casework;
        this.outbox = outbox;
        this.telling = telling;
    }

    /** Only where it is certain that the provider took nothing: otherwise the traveller might have paid twice. */
    public Acted markPaid(UUID id, int seen, Deed deed) {
        return casework.act(id, seen, deed, (tx, letter) -> {
            var ticket = letter.payment();
            if (ticket == null || letter.refundId() != null) {
                return new Casework.After.Refused("not-a-charge", "This case is not about a charge");
            }
            var payment = tx.first("""
                            update payment
                            set state = 'PAID', outside_evidence = ?, fence = fence + 1, version = version + 1,
                                updated_at = clock_timestamp()
                            where id = ? and state = 'FAILED' and cancel_reason is null
                            returning old.*
                            """, PaymentRow::of, deed.detail(), ticket.paymentId());
            if (payment.isEmpty()) {
                return new Casework.After.Refused(
                        "not-proven-unpaid", "Only a payment that failed for certain can be marked as paid");
            }
            var about = telling.about(payment.get(), ORIGIN);
            outbox.add(tx, List.of(telling.booking(payment.get(), new PaymentEvent.Succeeded(about, "outside"))));
            return Casework.After.status(letter, DeadLetter.Status.SETTLED);
        });
    }
}
