package escale.booking.http;

import org.jspecify.annotations.Nullable;

/** What the traveller reads, in the language they booked in; French where they did not say. */
final class Messages {
    private Messages() {}

    static String reserved(@Nullable String locale) {
        return "en".equals(locale)
                ? "Booking created. You will shortly receive a payment link by email."
                : "Réservation créée. Vous recevrez un lien de paiement par email sous peu.";
    }
}
