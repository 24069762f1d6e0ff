package escale.booking.change;

import escale.booking.BookingRequest;
import escale.runtime.Trace;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A traveller's wish to change a booking, with the ids it will have if it is granted. What is null stays as it is.
 *
 * @param paymentId of the supplement, if one is due
 * @param version of the booking that the traveller has seen
 * @param method the provider's token for a payment method; null for who expects to pay nothing
 * @param key chosen by the client, once per intended change
 * @param hash tells another request under the same key from the same one sent again
 */
public record ChangeRequest(
        UUID changeId,
        UUID paymentId,
        UUID bookingId,
        long version,
        @Nullable UUID departureId,
        @Nullable Integer people,
        @Nullable String method,
        String key,
        byte[] hash,
        Trace trace) {
    public ChangeRequest {
        if (departureId == null && people == null) {
            throw new IllegalArgumentException("people: say this, or departureId, or both");
        }
        if (people != null) {
            BookingRequest.requireParty(people);
        }
        if (method != null) {
            BookingRequest.requireToken(method);
        }
    }
}
