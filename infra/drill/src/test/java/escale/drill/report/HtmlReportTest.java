package escale.drill.report;

import static org.assertj.core.api.Assertions.assertThat;

import escale.drill.load.Ending;
import escale.drill.load.Outcome;
import escale.drill.load.Quantiles;
import escale.drill.load.Second;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Quantiles QUICK = new Quantiles(100, 1, 2, 3, 4, 5, 6);

    @TempDir
    private Path folder;

    private static Outcome outcome(int seconds) {
        var each = IntStream.rangeClosed(1, seconds)
                .mapToObj(number -> new Second(number, 100, 100, 0, 0, number * 10L, 0, 0, 3, 7, QUICK, QUICK))
                .toList();
        return new Outcome(
                1_000,
                999,
                1,
                0,
                0,
                Map.of("409 sold-out", 1L),
                Map.of(Ending.CONFIRMED, 999L),
                0,
                0,
                10,
                10.5,
                QUICK,
                QUICK,
                QUICK,
                0.5,
                0,
                List.of(),
                each);
    }

    @Test
    void one_page_holds_everything_and_asks_nobody_for_more() {
        var page = HtmlReport.of("Load <100/s>", List.of("2 processors & nothing else"), outcome(10));

        assertThat(page)
                .contains("Load &lt;100/s&gt;", "2 processors &amp; nothing else", "409 sold-out: 1")
                .doesNotContain("http", "<script", "NaN", "Infinity", "%%", "%d", "%s");
        assertThat(page.split("<svg", -1)).hasSize(5);
    }

    @Test
    void a_load_without_a_second_is_still_a_page() {
        assertThat(HtmlReport.of("Nothing", List.of(), outcome(0)))
                .contains("<svg")
                .doesNotContain("NaN");
        assertThat(HtmlReport.of("Short", List.of(), outcome(1)))
                .contains("<polyline")
                .doesNotContain("NaN");
    }

    @Test
    void rates_are_counted_over_the_whole_run_and_in_the_median_second() {
        var outcome = outcome(9);

        assertThat(outcome.confirmedPerSecond()).isEqualTo(999 / 10.5);
        assertThat(outcome.medianSecondConfirmed()).isEqualTo(50);
    }

    @Test
    void the_figures_lie_beside_the_page_for_machines() throws Exception {
        var page = ReportFiles.write(folder, "20260504-081530", "Load", List.of("x"), outcome(2));

        assertThat(page).hasFileName("20260504-081530.html").exists();
        assertThat(Files.readString(folder.resolve("20260504-081530.json")))
                .contains("\"confirmedPerSecond\"", "\"p999\"", "\"409 sold-out\"");
    }
}
