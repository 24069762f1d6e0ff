package escale.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SpansTest {
    @Test
    void times_are_read_as_people_write_them() {
        var spans = new Spans();

        assertThat(spans.convert("200ms")).isEqualTo(Duration.ofMillis(200));
        assertThat(spans.convert("60s")).isEqualTo(Duration.ofSeconds(60));
        assertThat(spans.convert("5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(spans.convert("1h")).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "s", "-5s", "1d", ""})
    void what_is_no_time_is_refused(String text) {
        assertThatThrownBy(() -> new Spans().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void shares_are_percents() {
        var share = new Spans.Share();

        assertThat(share.convert("10%")).isEqualTo(0.1);
        assertThat(share.convert("0.5%")).isEqualTo(0.005);
        assertThatThrownBy(() -> share.convert("0.1")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> share.convert("101%")).isInstanceOf(TypeConversionException.class);
    }
}
