package escale.payment.kafka;

import escale.payment.refund.ReturnPart.PartOrder;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/** Booking's order to give a part of the money back, as far as payment reads it. */
@Serdeable
record RefundRequested(UUID requestId, UUID bookingId, long amount, String currency, String reason) {
    static final String TYPE = "payment.refund-requested";

    RefundRequested {
        if (amount <= 0) {
            throw new IllegalArgumentException("amount " + amount);
        }
    }

    PartOrder order() {
        return new PartOrder(requestId, bookingId, amount, currency, reason);
    }
}
