package escale.drill.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One plot over time, as a piece of SVG: several lines in one frame, and a grid to read them by. */
final class Plot<T> {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 220;
    private static final int LEFT = 60;
    private static final int TOP = 12;
    private static final int BOTTOM = 24;
    private static final int GRID_LINES = 4;
    private static final List<String> COLOURS = List.of("#1f77b4", "#d1495b", "#2e8b57", "#8e5ea2", "#e08e0b");

    /** One line, and what it is called. */
    record Line<T>(String name, ToDoubleFunction<T> value) {}

    private final String title;
    private final List<T> points;
    private final List<Line<T>> lines;

    Plot(String title, List<T> points, List<Line<T>> lines) {
        this.title = title;
        this.points = points;
        this.lines = lines;
    }

    String svg() {
        var top = top();
        var svg = new StringBuilder();
        svg.append("<figure><figcaption>").append(title).append(legend()).append("</figcaption>\n");
        svg.append(String.format(
                Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", WIDTH, HEIGHT, title));
        for (var i = 0; i <= GRID_LINES; i++) {
            var value = top * i / GRID_LINES;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    y(value, top),
                    WIDTH,
                    y(value, top),
                    LEFT - 6,
                    y(value, top) + 4,
                    label(value)));
        }
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">0 s</text>", LEFT, HEIGHT - 6));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d s</text>%n",
                WIDTH,
                HEIGHT - 6,
                points.size()));
        for (var i = 0; i < lines.size(); i++) {
            svg.append(polyline(lines.get(i), COLOURS.get(i % COLOURS.size()), top));
        }
        return svg.append("</svg></figure>\n").toString();
    }

    private String legend() {
        var legend = new StringBuilder();
        for (var i = 0; i < lines.size(); i++) {
            legend.append(String.format(
                    Locale.ROOT,
                    " <span style=\"color:%s\">▬ %s</span>",
                    COLOURS.get(i % COLOURS.size()),
                    lines.get(i).name()));
        }
        return legend.toString();
    }

    private String polyline(Line<T> line, String colour, double top) {
        var path = new StringBuilder();
        for (var i = 0; i < points.size(); i++) {
            path.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x(i), y(line.value().applyAsDouble(points.get(i)), top)));
        }
        return String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>%n",
                colour,
                path.toString().strip());
    }

    /** Above the highest value, at a number that is easily read. */
    private double top() {
        var highest = points.stream()
                .flatMapToDouble(
                        point -> lines.stream().mapToDouble(line -> line.value().applyAsDouble(point)))
                .max()
                .orElse(0);
        if (highest <= 0) {
            return 1;
        }
        var magnitude = Math.pow(10, Math.floor(Math.log10(highest)));
        return List.of(1, 2, 4, 5, 8, 10).stream()
                .map(step -> step * magnitude)
                .filter(each -> each >= highest)
                .findFirst()
                .orElse(10 * magnitude);
    }

    private double x(int index) {
        return LEFT + (WIDTH - LEFT) * (points.size() < 2 ? 0 : index / (double) (points.size() - 1));
    }

    private static double y(double value, double top) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
    }

    private static String label(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
