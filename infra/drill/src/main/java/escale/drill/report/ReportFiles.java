package escale.drill.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import escale.drill.load.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a load leaves beside its client log: the figures as JSON, and the page for people. */
public final class ReportFiles {
    private ReportFiles() {}

    /** Returns the page. */
    public static Path write(Path folder, String run, String title, List<String> conditions, Outcome outcome)
            throws IOException {
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(
                        folder.resolve(run + ".json").toFile(),
                        Map.of("title", title, "conditions", conditions, "outcome", outcome));
        return Files.writeString(folder.resolve(run + ".html"), HtmlReport.of(title, conditions, outcome));
    }
}
