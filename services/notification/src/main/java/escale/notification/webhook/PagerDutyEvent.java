package escale.notification.webhook;

import escale.notification.AlertMessage;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.Map;

/** An alert as PagerDuty's Events API v2 takes it: a thread is an incident, which its end resolves. */
@Serdeable(naming = SnakeCaseStrategy.class)
record PagerDutyEvent(String routingKey, String eventAction, String dedupKey, Payload payload) {

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Payload(
            String summary, String source, String severity, Instant timestamp, Map<String, String> customDetails) {}

    static PagerDutyEvent of(AlertMessage alert, String routingKey) {
        return new PagerDutyEvent(
                routingKey,
                switch (alert.level()) {
                    case CRITICAL, ERROR -> "trigger";
                    case RESOLVED -> "resolve";
                },
                alert.thread(),
                new Payload(
                        alert.summary(),
                        "escale",
                        switch (alert.level()) {
                            case CRITICAL -> "critical";
                            case ERROR -> "error";
                            case RESOLVED -> "info";
                        },
                        alert.raisedAt(),
                        alert.details()));
    }
}
