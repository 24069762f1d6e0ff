package escale.notification.webhook;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Where alerts go.
 *
 * @param webhookUrl whoever knows it can write there, so it is kept out of logs; empty: nowhere
 * @param routingKey of the PagerDuty service
 */
@ConfigurationProperties("escale.alert")
public record WebhookSettings(
        @Bindable(defaultValue = "") String webhookUrl,
        @Bindable(defaultValue = "SLACK") Format format,
        @Bindable(defaultValue = "") String routingKey,
        @Bindable(defaultValue = "5s") Duration timeout) {

    /** What the receiver understands. */
    public enum Format {
        SLACK,
        PAGERDUTY
    }

    public WebhookSettings {
        if (format == Format.PAGERDUTY && !webhookUrl.isEmpty() && routingKey.isEmpty()) {
            throw new IllegalArgumentException("ALERT_FORMAT=PAGERDUTY needs ALERT_ROUTING_KEY");
        }
    }

    @Override
    public String toString() {
        return format.toString();
    }
}
