package escale.payment;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;

/** What waits on a retry topic: the right to make one more attempt, good only if the ledger still agrees. */
@Serdeable
public record RetryRecord(UUID paymentId, UUID bookingId, int chargeNo, int cycle, int attempt, Instant notBefore) {
    public static final String TYPE = "payment.retry";

    public Ticket ticket() {
        return new Ticket(paymentId, chargeNo, cycle, attempt, null);
    }
}
