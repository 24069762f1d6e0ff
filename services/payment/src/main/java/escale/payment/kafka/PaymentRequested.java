package escale.payment.kafka;

import escale.payment.Order;
import escale.runtime.Trace;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;

/** Booking's order to collect, as far as payment reads it. */
@Serdeable
record PaymentRequested(
        UUID paymentId,
        UUID bookingId,
        int chargeNo,
        String kind,
        long amount,
        String currency,
        String method,
        String userId) {
    static final String TYPE = "payment.requested";

    PaymentRequested {
        if (chargeNo < 1 || amount <= 0) {
            throw new IllegalArgumentException("chargeNo " + chargeNo + ", amount " + amount);
        }
    }

    Order order(Trace trace) {
        return new Order(paymentId, bookingId, chargeNo, kind, amount, currency, method, userId, trace);
    }
}
