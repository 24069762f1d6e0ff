package escale.simulator;

import escale.simulator.webhooks.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How the simulator is set up, from environment variables.
 *
 * @param port PORT: the provider's API
 * @param controlPort CONTROL_PORT: switches, ledger, figures
 * @param ledger LEDGER_FILE; calls.jsonl and webhooks.jsonl are kept beside it
 * @param latencyMs LATENCY_MS: how long an answer takes when everything works
 * @param searchLagMs SEARCH_LAG_MS: how far the search index runs behind
 * @param refundReturn REFUND_FAIL_MS: when a refund to pm_card_refundFail comes back
 * @param endpoints WEBHOOK_URL (several with commas) and WEBHOOK_EVENTS (default all)
 * @param webhookSecret WEBHOOK_SECRET
 * @param webhookPause WEBHOOK_RETRY_MS: the pause after the first failed delivery; it doubles
 * @param publicUrl PUBLIC_URL: where a browser finds the API port; null is localhost
 * @param allowReset ALLOW_RESET: whether POST /reset may wipe the ledger
 * @param seed SEED of the faults by chance
 */
record Settings(
        int port,
        int controlPort,
        Path ledger,
        int latencyMs,
        int searchLagMs,
        Duration refundReturn,
        List<Endpoint> endpoints,
        String webhookSecret,
        Duration webhookPause,
        @Nullable URI publicUrl,
        boolean allowReset,
        long seed) {

    static final String LOCAL_SECRET = "whsec_local_simulator";

    static Settings from(Map<String, String> env) {
        var publicUrl = env.get("PUBLIC_URL");
        return new Settings(
                number(env, "PORT", 8090),
                number(env, "CONTROL_PORT", 8091),
                Path.of(env.getOrDefault("LEDGER_FILE", ".escale/provider/ledger.jsonl")),
                number(env, "LATENCY_MS", 5),
                number(env, "SEARCH_LAG_MS", 1000),
                Duration.ofMillis(number(env, "REFUND_FAIL_MS", 2000)),
                list(env, "WEBHOOK_URL").stream()
                        .map(url -> new Endpoint(URI.create(url), list(env, "WEBHOOK_EVENTS")))
                        .toList(),
                env.getOrDefault("WEBHOOK_SECRET", LOCAL_SECRET),
                Duration.ofMillis(number(env, "WEBHOOK_RETRY_MS", 1000)),
                publicUrl == null ? null : URI.create(publicUrl),
                Boolean.parseBoolean(env.get("ALLOW_RESET")),
                number(env, "SEED", ThreadLocalRandom.current().nextInt(1, 1_000_000)));
    }

    private static int number(Map<String, String> env, String name, int usual) {
        var value = env.get(name);
        if (value == null) {
            return usual;
        }
        try {
            return Integer.parseUnsignedInt(value.strip());
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(name + " must be a number, not '" + value + "'");
        }
    }

    private static List<String> list(Map<String, String> env, String name) {
        return Arrays.stream(env.getOrDefault(name, "").split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
