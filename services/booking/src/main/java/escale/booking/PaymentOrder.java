package escale.booking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;

/** What booking orders from payment. Names and fields are the contract's, for ever. */
sealed interface PaymentOrder {

    @Serdeable
    record Charge(
            UUID paymentId,
            UUID bookingId,
            int chargeNo,
            String kind,
            long amount,
            String currency,
            String method,
            String userId,
            Instant requestedAt)
            implements PaymentOrder {}

    /** Wins even if it overtakes the charge; money already taken goes back. */
    @Serdeable
    record TakeBack(UUID bookingId, int chargeNo, String reason, Instant requestedAt) implements PaymentOrder {}

    /** Of what was paid, whichever charge it was; heard again, it gives nothing back again. */
    @Serdeable
    record GiveBack(UUID requestId, UUID bookingId, long amount, String currency, String reason, Instant requestedAt)
            implements PaymentOrder {
        /** The reason, by which booking knows the refund when it hears of it. */
        static final String AFTER_CHANGE = "booking-changed";
    }

    UUID bookingId();

    @JsonIgnore
    default String type() {
        return switch (this) {
            case Charge _ -> "payment.requested";
            case TakeBack _ -> "payment.cancel-requested";
            case GiveBack _ -> "payment.refund-requested";
        };
    }
}
