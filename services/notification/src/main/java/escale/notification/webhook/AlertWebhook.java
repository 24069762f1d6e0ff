package escale.notification.webhook;

import escale.messaging.Json;
import escale.notification.AlertMessage;
import escale.notification.Posting;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Hands alerts to whatever notifies the support team. */
@Singleton
public final class AlertWebhook {
    private final WebhookSettings settings;
    private final Json json;
    private final HttpClient http;

    public AlertWebhook(WebhookSettings settings, Json json) {
        this.settings = settings;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public boolean configured() {
        return !settings.webhookUrl().isEmpty();
    }

    public Posting post(AlertMessage alert) {
        var body = json.write(
                switch (settings.format()) {
                    case SLACK -> SlackMessage.of(alert);
                    case PAGERDUTY -> PagerDutyEvent.of(alert, settings.routingKey());
                });
        var request = HttpRequest.newBuilder(URI.create(settings.webhookUrl()))
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return meaning(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
            return new Posting.Deferred("webhook-away");
        } catch (IOException noAnswer) {
            return new Posting.Doubtful("webhook-broke-off");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Posting.Doubtful("webhook-broke-off");
        }
    }

    /** A wrong address or key can be put right while the alert waits; a body that is not understood stays so. */
    private static Posting meaning(int status) {
        if (status / 100 == 2) {
            return new Posting.Sent();
        }
        var cause = "http-" + status;
        return switch (status) {
            case 400, 413, 422 -> new Posting.Refused(cause);
            default -> new Posting.Deferred(cause);
        };
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
