package escale.local.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Collectors;

/** Plain pages of the mail sink. */
final class MailHtml {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%1$s</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
            table { border-collapse: collapse; width: 100%% }
            th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ccc; vertical-align: top }
            iframe { width: 100%%; height: 30rem; border: 1px solid #ccc }
            pre { white-space: pre-wrap }
            </style>
            </head>
            <body>
            <h1>%1$s</h1>
            %2$s
            </body>
            </html>
            """;

    private MailHtml() {}

    static String list(Letterbox box, int most) throws IOException {
        var count = box.count();
        var rows = new StringBuilder();
        for (var number = count; number > Math.max(0, count - most); number--) {
            var letter = box.letter(number);
            if (letter.isPresent()) {
                rows.append("<tr><td>%s</td><td>%s</td><td><a href=\"/mails/%d\">%s</a></td></tr>\n"
                        .formatted(
                                escaped(letter.get().path("receivedAt")),
                                recipients(letter.get()),
                                number,
                                escaped(letter.get().path("subject"))));
            }
        }
        var table = count == 0
                ? "<p>No mail has come in yet.</p>"
                : "<p>%d in all, the newest first. <a href=\"/mails\">All as JSON</a></p>%n<table>%n<tr><th>received</th><th>to</th><th>subject</th></tr>%n%s</table>"
                        .formatted(count, rows);
        return PAGE.formatted("Mails", table);
    }

    static String one(JsonNode letter) {
        var html = letter.path("html").asText("");
        var text = letter.path("text").asText("");
        return PAGE.formatted(escaped(letter.path("subject")), """
                <p>To %s, from %s, received %s. <a href="/">All mails</a></p>
                %s
                %s""".formatted(
                        recipients(letter),
                        escaped(letter.path("from")),
                        escaped(letter.path("receivedAt")),
                        html.isEmpty()
                                ? ""
                                : "<iframe sandbox=\"allow-popups\" title=\"The mail as HTML\" srcdoc=\""
                                        + escaped(html) + "\"></iframe>",
                        text.isEmpty() ? "" : "<h2>As text</h2>\n<pre>" + escaped(text) + "</pre>"));
    }

    private static String recipients(JsonNode letter) {
        return letter.path("to").valueStream().map(MailHtml::escaped).collect(Collectors.joining(", "));
    }

    private static String escaped(JsonNode text) {
        return escaped(text.asText(""));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
