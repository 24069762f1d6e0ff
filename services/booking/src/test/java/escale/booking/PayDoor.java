package escale.booking;

import java.net.http.HttpResponse;
import java.util.UUID;

/** The door at which a booking is paid, for whoever signs in and for whoever comes by a link. */
final class PayDoor {
    static final String VISA = "{\"paymentMethod\": \"pm_card_visa\"}";
    static final String AMEX = "{\"paymentMethod\": \"pm_card_amex\"}";
    private static final String NOBODY = "";

    private PayDoor() {}

    static String path(UUID booking) {
        return "/v1/bookings/" + booking + "/pay";
    }

    static HttpResponse<String> pay(BookingService at, UUID booking, String token, String key, String body) {
        return at.call("POST", path(booking), token, body, "Idempotency-Key", key);
    }

    static HttpResponse<String> payByLink(BookingService at, UUID booking, String link, String key, String body) {
        return at.call("POST", path(booking), NOBODY, body, "Idempotency-Key", key, "Pay-Link-Token", link);
    }
}
