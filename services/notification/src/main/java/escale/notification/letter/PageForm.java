package escale.notification.letter;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A letter as a page. Mail programs know little of CSS, so that what matters stands in the elements themselves; the
 * tables that only arrange say so to screen readers.
 */
final class PageForm {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");
    private static final String PAGE = read("page.html");

    private PageForm() {}

    static String of(Locale locale, Wording wording, Wording.Frame frame) {
        var paragraphs = wording.paragraphs().stream().map(PageForm::paragraph).collect(joining("\n"));
        var details = frame.details().stream().map(PageForm::row).collect(joining("\n"));
        return filled(Map.ofEntries(
                Map.entry("language", locale.getLanguage()),
                Map.entry("subject", escaped(wording.subject())),
                Map.entry("preview", escaped(wording.paragraphs().getFirst())),
                Map.entry("headline", escaped(wording.headline())),
                Map.entry("greeting", escaped(frame.greeting())),
                Map.entry("paragraphs", paragraphs),
                Map.entry("url", escaped(wording.action().url())),
                Map.entry("label", escaped(wording.action().label())),
                Map.entry("details", details),
                Map.entry("question", escaped(frame.question())),
                Map.entry("reason", escaped(frame.reason()))));
    }

    /** In one pass, so that a title that looks like a place in the page stays a title. */
    private static String filled(Map<String, String> values) {
        return PLACE.matcher(PAGE)
                .replaceAll(place ->
                        Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)), place.group())));
    }

    private static String paragraph(String text) {
        return "<p style=\"margin:0 0 16px\">" + escaped(text) + "</p>";
    }

    private static String row(Wording.Detail detail) {
        return """
                <tr><th scope="row" class="line soft" align="left" valign="top" style="padding:9px 12px 9px 0;\
                border-top:1px solid #d9dfe5;font-weight:normal;color:#55616d;white-space:nowrap">%s</th>\
                <td class="line ink" valign="top" style="padding:9px 0;border-top:1px solid #d9dfe5;\
                word-break:break-word">%s</td></tr>""".formatted(escaped(detail.label()), escaped(detail.value()));
    }

    /** Titles and names are what somebody typed: here they are text and nothing else, in elements and in attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String read(String resource) {
        try (var page = Objects.requireNonNull(PageForm.class.getResourceAsStream(resource), resource)) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
