package escale.messaging;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How this process reaches the broker.
 *
 * @param replication how many brokers hold each topic that this service creates
 * @param security further client settings as they are (SASL, TLS); none on a laptop
 */
@ConfigurationProperties("escale.kafka")
public record KafkaSettings(
        @Bindable(defaultValue = "localhost:9092") String bootstrapServers,
        @Bindable(defaultValue = "1") short replication,
        @Bindable(defaultValue = "") Map<String, String> security) {

    /** What every client of this process starts from. */
    Map<String, Object> client(String clientId) {
        var settings = new HashMap<String, Object>(security);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, ""); // ours are in /prometheus
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }
}
