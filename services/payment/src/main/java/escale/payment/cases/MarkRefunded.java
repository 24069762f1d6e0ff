package escale.payment.cases;

import escale.payment.refund.Refunds;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The provider refused a refund, and a person has evidence that the money went back another way. */
@Singleton
public final class MarkRefunded {
    private final Casework casework;
    private final Refunds refunds;

    MarkRefunded(Casework casework, Refunds refunds) {
        this.casework = casework;
        this.refunds = refunds;
    }

    /** Only what the provider refused for good: otherwise the traveller might get it twice. */
    public Acted markRefunded(UUID id, int seen, Deed deed) {
        return casework.act(id, seen, deed, (tx, letter) -> {
            var refund = letter.refundId();
            if (refund == null) {
                return new Casework.After.Refused("not-a-refund", "This case is not about a refund");
            }
            return refunds.wentBackOutside(tx, refund, deed.detail())
                    ? Casework.After.status(letter, DeadLetter.Status.SETTLED)
                    : new Casework.After.Refused(
                            "refund-not-refused", "Only a refund that the provider refused can be marked so");
        });
    }
}
