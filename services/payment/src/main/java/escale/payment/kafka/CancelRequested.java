package escale.payment.kafka;

import escale.payment.TakeBackCharge.CancelOrder;
import escale.runtime.Trace;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/** Booking's order to take a charge back, as far as payment reads it. */
@Serdeable
record CancelRequested(UUID bookingId, int chargeNo, String reason) {
    static final String TYPE = "payment.cancel-requested";

    CancelRequested {
        if (chargeNo < 1) {
            throw new IllegalArgumentException("chargeNo " + chargeNo);
        }
    }

    CancelOrder order(Trace trace) {
        return new CancelOrder(bookingId, chargeNo, reason, trace);
    }
}
