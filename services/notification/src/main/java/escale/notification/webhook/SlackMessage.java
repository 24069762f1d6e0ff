package escale.notification.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import escale.notification.AlertMessage;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.stream.Collectors;

/** An alert as Slack's incoming webhooks, and those that imitate them, take it. */
@Serdeable
record SlackMessage(String text, List<Attachment> attachments) {

    @Serdeable
    record Attachment(String color, List<Field> fields) {}

    @Serdeable
    record Field(
            String title,
            String value,
            @JsonProperty("short") boolean isShort) {}

    static SlackMessage of(AlertMessage alert) {
        var color = switch (alert.level()) {
            case CRITICAL, ERROR -> "danger";
            case RESOLVED -> "good";
        };
        var fields = alert.details().entrySet().stream()
                .map(detail -> new Field(detail.getKey(), escaped(detail.getValue()), true))
                .toList();
        return new SlackMessage(text(alert), List.of(new Attachment(color, fields)));
    }

    /** Complete in itself: receivers that only imitate Slack show nothing else. */
    private static String text(AlertMessage alert) {
        return escaped(alert.details().entrySet().stream()
                .map(detail -> detail.getKey() + " " + detail.getValue())
                .collect(Collectors.joining(", ", alert.summary() + " (", ")")));
    }

    /** The three characters that would be control characters in a message. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
