package escale.local.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;

/**
 * Booking's API, as far as it is about what an operator does for the traveller of a case.
 *
 * @param key under which this command sends one link, however often that arrives
 */
public record BookingDoor(URI base, String token, String key) {

    JsonNode get(String booking) {
        return door().call("GET", "/v1/bookings/" + booking, Map.of(), null);
    }

    /** @param version of the booking that the operator saw */
    JsonNode sendPayLink(String booking, int version) {
        var headers = Map.of("If-Match", "\"" + version + "\"", "Idempotency-Key", key);
        return door().call("POST", "/v1/bookings/" + booking + "/pay-link", headers, null);
    }

    private Door door() {
        return new Door("Booking", base, token);
    }
}
