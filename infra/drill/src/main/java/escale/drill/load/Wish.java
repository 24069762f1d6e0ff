package escale.drill.load;

import java.util.UUID;

/**
 * A booking somebody wants.
 *
 * @param key the same for every request it takes
 */
record Wish(String key, String user, UUID departure, int people, String method) {
    String body() {
        return "{\"departureId\":\"" + departure + "\",\"people\":" + people + ",\"paymentMethod\":\"" + method
                + "\",\"locale\":\"en\"}";
    }
}
