package escale.drill.report;

import escale.drill.load.Lines;
import escale.drill.load.Outcome;
import escale.drill.load.Second;
import java.util.List;

/** A load on one page that needs nothing else: no script, no style and no picture from anywhere. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * The whole page.
     *
     * @param conditions what was asked for, and on what machine
     */
    public static String of(String title, List<String> conditions, Outcome outcome) {
        var seconds = outcome.seconds();
        var plots = new StringBuilder();
        plots.append(new Plot<>(
                        "Bookings per second",
                        seconds,
                        List.of(
                                new Plot.Line<Second>("due", Second::sent),
                                new Plot.Line<Second>("accepted", Second::accepted),
                                new Plot.Line<Second>("confirmed", Second::confirmed)))
                .svg());
        plots.append(new Plot<>(
                        "Accepted after, ms",
                        seconds,
                        List.of(
                                new Plot.Line<Second>(
                                        "p50", each -> each.accept().p50()),
                                new Plot.Line<Second>(
                                        "p95", each -> each.accept().p95()),
                                new Plot.Line<Second>(
                                        "p99", each -> each.accept().p99())))
                .svg());
        plots.append(new Plot<>(
                        "Confirmed after, ms",
                        seconds,
                        List.of(
                                new Plot.Line<Second>(
                                        "p50", each -> each.confirm().p50()),
                                new Plot.Line<Second>(
                                        "p95", each -> each.confirm().p95()),
                                new Plot.Line<Second>(
                                        "p99", each -> each.confirm().p99())))
                .svg());
        plots.append(new Plot<>(
                        "Not settled yet",
                        seconds,
                        List.of(
                                new Plot.Line<Second>("accepted and unsettled", Second::lag),
                                new Plot.Line<Second>("retrying", Second::retrying)))
                .svg());
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>%1$s</title>
                <style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2em auto; padding: 0 1em; color: #222 }
                pre { background: #f6f6f4; padding: 1em; overflow-x: auto; font-size: 13px }
                figure { margin: 2em 0 } figcaption { font-weight: 600 } figcaption span { font-weight: 400; margin-left: 1em }
                svg { width: 100%%; height: auto } svg text { font: 11px system-ui, sans-serif; fill: #666 }
                polyline { stroke-width: 1.6 } .grid { stroke: #ddd }
                </style>
                </head>
                <body>
                <h1>%1$s</h1>
                <ul>
                %2$s
                </ul>
                <pre>%3$s</pre>
                %4$s
                <p>Times count from when a booking was due, not from when its request left, so a stall is charged to
                everybody who would have come meanwhile.</p>
                </body>
                </html>
                """.formatted(
                        escaped(title),
                        String.join(
                                "\n",
                                conditions.stream()
                                        .map(each -> "<li>" + escaped(each) + "</li>")
                                        .toList()),
                        escaped(Lines.of(outcome)),
                        plots);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
