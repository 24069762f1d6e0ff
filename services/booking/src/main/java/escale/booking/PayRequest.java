package escale.booking;

import escale.runtime.Trace;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to pay a booking that is not paid, with the id that the payment will have.
 *
 * @param onlyCharge the charge that a pay link is good for; null for the traveller in person
 * @param key chosen by the client, once per intended payment
 * @param hash tells another request under the same key from the same one sent again
 * @param method the provider's token for a payment method, never a card number
 */
public record PayRequest(
        UUID bookingId,
        UUID paymentId,
        @Nullable Integer onlyCharge,
        String key,
        byte[] hash,
        String method,
        Trace trace) {
    public PayRequest {
        BookingRequest.requireToken(method);
    }
}
