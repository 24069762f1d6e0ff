package escale.payment;

import escale.runtime.Trace;
import java.util.UUID;

/** What booking wants collected. */
public record Order(
        UUID paymentId,
        UUID bookingId,
        int chargeNo,
        String kind,
        long amount,
        String currency,
        String method,
        String userId,
        Trace trace) {}
