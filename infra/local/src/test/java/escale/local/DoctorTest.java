package escale.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    @ParameterizedTest
    @CsvSource({"25+36, true", "25.0.1+8, true", "25.0.2, true", "25.0.3+9-LTS, false", "25.0.4, false", "26, false"})
    void updates_of_java_25_that_forget_virtual_threads_are_complained_about(String version, boolean forgets) {
        assertThat(Doctor.losesWakeUps(Runtime.Version.parse(version))).isEqualTo(forgets);
    }
}
