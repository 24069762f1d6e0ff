package escale.booking;

import escale.runtime.Trace;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a traveller asks for, with the ids it will have if it is granted. Its price is not among it.
 *
 * @param key chosen by the client, once per intended booking
 * @param hash tells another request under the same key from the same one sent again
 * @param method the provider's token for a payment method, never a card number
 */
public record BookingRequest(
        UUID bookingId,
        UUID paymentId,
        String userId,
        String key,
        byte[] hash,
        UUID departureId,
        int people,
        String method,
        @Nullable String locale,
        Trace trace) {
    private static final int LARGEST_PARTY = 50;
    private static final Pattern METHOD = Pattern.compile("(?!.*[0-9]{12})[a-z]{2,16}_[A-Za-z0-9_]{1,200}");

    public BookingRequest {
        requireParty(people);
        requireToken(method);
        if (locale != null && !locale.equals("fr") && !locale.equals("en")) {
            throw new IllegalArgumentException("locale: must be fr or en");
        }
    }

    public static void requireParty(int people) {
        if (people < 1 || people > LARGEST_PARTY) {
            throw new IllegalArgumentException("people: must be 1 to " + LARGEST_PARTY);
        }
    }

    public static void requireToken(String method) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("paymentMethod: must be a token of the provider, such as pm_card_visa");
        }
    }

    /** Under which it is done once. */
    public RequestKey idempotencyKey() {
        return new RequestKey(userId, key);
    }

    /** A key belongs to whoever used it: others may choose the same one. */
    public record RequestKey(String userId, String value) {}
}
