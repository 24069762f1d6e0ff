package escale.simulator.api;

import escale.simulator.payments.InvalidRequest;
import escale.simulator.payments.Refusal;
import org.jspecify.annotations.Nullable;

/** Who may call: anybody with a test key, and nobody with a live one. */
final class ApiKey {

    private ApiKey() {}

    static void check(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw refused("You did not provide an API key. Send one as the header"
                    + " 'Authorization: Bearer sk_test_...'; any key that begins with sk_test_ will do.");
        }
        var key = authorization.substring(7).strip();
        if (key.startsWith("sk_live_") || key.startsWith("rk_live_")) {
            throw refused("A live key was sent to the provider simulator. It moves no money and must never stand in for"
                    + " the real provider: this deployment points at the wrong URL.");
        }
        if (!key.startsWith("sk_test_")) {
            throw refused("Invalid API Key provided: the simulator accepts keys that begin with sk_test_ only.");
        }
    }

    private static InvalidRequest refused(String message) {
        return new InvalidRequest(Refusal.unauthorized(message));
    }
}
