package escale.notification;

import escale.notification.sql.Alerts;
import escale.notification.webhook.AlertWebhook;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the support team what is due. Where nobody has said how to reach it, alerts wait until somebody does. */
@Singleton
final class SendAlerts {
    private static final Logger log = LoggerFactory.getLogger(SendAlerts.class);
    /** So few that a round is over before a stop has waited for it. */
    private static final int BATCH = 1;

    private static final Pauses FAILED = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final Alerts alerts;
    private final AlertWebhook webhook;
    private final NotificationSettings settings;
    private boolean complained;

    SendAlerts(Alerts alerts, AlertWebhook webhook, NotificationSettings settings) {
        this.alerts = alerts;
        this.webhook = webhook;
        this.settings = settings;
    }

    void round() {
        if (webhook.configured()) {
            alerts.claim(BATCH).forEach(this::send);
        } else if (!complained && alerts.any()) {
            log.warn("Alerts wait in the database, for none is configured to take them: set ALERT_WEBHOOK_URL");
            complained = true;
        }
    }

    private void send(AlertMessage alert) {
        switch (webhook.post(alert)) {
            case Posting.Sent() -> alerts.record(alert, State.SENT, null, Duration.ZERO);
            case Posting.Refused(var cause) -> failed(alert, State.FAILED, cause);
            case Posting.Deferred(var cause) -> failed(alert, laterOrNever(alert), cause);
            case Posting.Doubtful(var cause) -> failed(alert, laterOrNever(alert), cause);
        }
    }

    private State laterOrNever(AlertMessage alert) {
        return alert.failingFor().compareTo(settings.giveUpAfter()) < 0 ? State.WAITING : State.FAILED;
    }

    private void failed(AlertMessage alert, State now, String cause) {
        alerts.record(alert, now, cause, FAILED.after(alert.attempts() + 1));
        log.warn("Alert {} ({}: {}) is {}: {}", alert.id(), alert.thread(), alert.summary(), now, cause);
    }
}
