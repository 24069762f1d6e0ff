package escale.notification;

import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is sent once for.
 *
 * @param chargeNo the charge of the booking it is about, 0 before the first
 * @param refundId tells apart the refunds of one charge
 * @param linkId tells apart the links that were sent for one charge
 */
public record Occasion(
        UUID bookingId,
        Kind kind,
        int chargeNo,
        @Nullable UUID refundId,
        @Nullable UUID linkId) {
    /** Instances that write the same occasions at the same time meet them in this order. */
    static final Comparator<Occasion> ORDER = Comparator.comparing(Occasion::bookingId)
            .thenComparing(Occasion::kind)
            .thenComparingInt(Occasion::chargeNo);

    public Occasion {
        if (chargeNo < 0) {
            throw new IllegalArgumentException("chargeNo: must be 0 or more");
        }
    }
}
