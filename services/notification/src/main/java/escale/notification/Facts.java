package escale.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says of its booking.
 *
 * @param amount the price of the whole booking in minor units
 * @param link where the traveller can act, if there is such a place
 * @param expiresAt until when the seats are held, if they are held for a while only
 */
public record Facts(
        String tourTitle,
        Instant startsAt,
        String timezone,
        int people,
        long amount,
        String currency,
        @Nullable Long refundAmount,
        @Nullable String link,
        @Nullable Instant expiresAt) {

    public Facts {
        if (people < 1) {
            throw new IllegalArgumentException("people: must be 1 or more");
        }
        if (amount < 1) {
            throw new IllegalArgumentException("amount: must be 1 or more");
        }
        if (refundAmount != null && refundAmount < 1) {
            throw new IllegalArgumentException("refundAmount: must be 1 or more");
        }
    }
}
