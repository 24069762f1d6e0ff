package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void without_an_environment_it_runs_beside_the_services_of_a_laptop() {
        var settings = Settings.from(Map.of());
        assertThat(settings.port()).isEqualTo(8090);
        assertThat(settings.controlPort()).isEqualTo(8091);
        assertThat(settings.ledger()).isEqualTo(Path.of(".escale/provider/ledger.jsonl"));
        assertThat(settings.latencyMs()).isEqualTo(5);
        assertThat(settings.endpoints()).isEmpty();
        assertThat(settings.publicUrl()).isNull();
        assertThat(settings.allowReset()).isFalse();
    }

    @Test
    void the_environment_says_otherwise() {
        var settings = Settings.from(Map.of(
                "PORT",
                "1",
                "LATENCY_MS",
                "0",
                "REFUND_FAIL_MS",
                "50",
                "SEED",
                "9",
                "ALLOW_RESET",
                "true",
                "WEBHOOK_URL",
                "http://a/x, http://b/y",
                "WEBHOOK_EVENTS",
                "refund.failed"));
        assertThat(settings.port()).isEqualTo(1);
        assertThat(settings.latencyMs()).isZero();
        assertThat(settings.refundReturn()).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.seed()).isEqualTo(9);
        assertThat(settings.allowReset()).isTrue();
        assertThat(settings.endpoints())
                .extracting(endpoint -> endpoint.url() + " " + endpoint.events())
                .containsExactly("http://a/x [refund.failed]", "http://b/y [refund.failed]");
    }

    @ParameterizedTest
    @CsvSource({"PORT, eighty", "LATENCY_MS, -1", "SEED, ''", "WEBHOOK_URL, ftp://a", "WEBHOOK_URL, ::"})
    void what_makes_no_sense_stops_the_start(String name, String value) {
        assertThatThrownBy(() -> Settings.from(Map.of(name, value))).isInstanceOf(IllegalArgumentException.class);
    }
}
