package escale.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailpointIT {
    private static final int HALTED = 86;

    @TempDir
    Path folder;

    @Test
    void a_process_halts_at_its_failpoint_when_it_comes_by_for_the_nth_time() throws Exception {
        var hits = folder.resolve("hits");
        try (var service = service(Map.of(
                "ESCALE_FAILPOINT", "after-claim:2", "ESCALE_FAILPOINT_HITS", hits.toString(), "INSTANCE", "demo-1"))) {
            assertThat(service.exitCode()).isEqualTo(HALTED);

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> service.said().contains("Failpoint after-claim:2: halting"));
            assertThat(service.said()).contains("pass 2").doesNotContain("pass 3", "stopped");
            assertThat(hits).hasContent("after-claim:2 demo-1");
        }
    }

    @Test
    void a_process_with_an_unknown_failpoint_refuses_to_start() throws Exception {
        try (var service = service(Map.of("ESCALE_FAILPOINT", "after-lunch"))) {
            assertThat(service.exitCode()).isEqualTo(1);

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> service.said().stream()
                            .anyMatch(line -> line.startsWith("ESCALE_FAILPOINT=after-lunch names no failpoint")));
            assertThat(service.said()).doesNotContain("pass 1");
        }
    }

    @Test
    void a_process_passes_every_failpoint_that_is_not_armed() throws Exception {
        try (var service = service(Map.of("ESCALE_FAILPOINT", "after-refund"))) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> service.said().stream().anyMatch(line -> line.contains("Ready after")));

            assertThat(service.said()).contains("pass 3");
        }
    }

    private static ServiceProcess service(Map<String, String> more) throws Exception {
        var environment = new HashMap<>(Map.of(
                "MICRONAUT_SERVER_PORT", "-1",
                "MICRONAUT_SERVER_HOST", "localhost",
                "MANAGEMENT_PORT", "-1",
                "LOG_FORMAT", "text"));
        environment.putAll(more);
        return new ServiceProcess(environment);
    }
}
