package escale.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractsTest {
    private static final String ID = "0199f6a0-0000-7000-8000-000000000001";

    private final ContractFolder contracts = new ContractFolder(Path.of("src/test/resources/contracts"));

    @Test
    void every_example_fits_its_contract() {
        assertThat(contracts.exampleNames("booking.confirmed"))
                .containsExactly("booking.confirmed", "booking.confirmed.2")
                .allSatisfy(name -> contracts.assertValid("booking.confirmed", contracts.example(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\": 1}",
                "{\"bookingId\": \"" + ID + "\", \"version\": 0}",
                "{\"bookingId\": \"" + ID + "\", \"version\": \"1\"}",
                "{\"bookingId\": \"no uuid\", \"version\": 1}",
                "{\"bookingId\": \"" + ID + "\", \"version\": 1, \"price\": {\"amount\": 12.5, \"currency\": \"EUR\"}}",
                "[]",
                "{\"bookingId\": ",
                "{\"bookingId\": \"" + ID + "\", \"version\": 1} and more",
                ""
            })
    void what_the_contract_does_not_allow_is_refused(String json) {
        assertThatThrownBy(() -> contracts.assertValid("booking.confirmed", bytes(json)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("booking.confirmed");
    }

    @Test
    void the_complaint_names_the_field_and_shows_the_bytes() {
        assertThatThrownBy(() -> contracts.assertValid("booking.confirmed", bytes("{\"bookingId\": \"x\"}")))
                .hasMessageContaining("$.bookingId")
                .hasMessageContaining("required property 'version' not found")
                .hasMessageContaining("{\"bookingId\": \"x\"}");
    }

    @Test
    void fields_that_came_later_are_allowed() {
        var json = "{\"bookingId\": \"" + ID + "\", \"version\": 1, \"weather\": \"fine\"}";

        assertThatCode(() -> contracts.assertValid("booking.confirmed", bytes(json)))
                .doesNotThrowAnyException();
    }

    @Test
    void an_event_without_a_contract_is_refused() {
        assertThatThrownBy(() -> contracts.assertValid("booking.forgotten", bytes("{}")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("There is no contract for booking.forgotten");
        assertThatThrownBy(() -> contracts.example("booking.forgotten")).isInstanceOf(AssertionError.class);
    }

    @Test
    void all_types_and_examples_are_listed() {
        assertThat(contracts.types()).containsExactly("booking.confirmed", "money");
        assertThat(contracts.exampleNames()).containsExactly("booking.confirmed", "booking.confirmed.2");
    }

    @Test
    void the_folder_is_found_from_anywhere_below_it_and_its_absence_is_said(@TempDir Path elsewhere) {
        var below = Path.of("src/test/resources/contracts/events").toAbsolutePath();

        assertThat(ContractFolder.inOrAbove(below).types()).contains("booking.confirmed");
        assertThatThrownBy(() -> ContractFolder.inOrAbove(elsewhere))
                .hasMessageContaining("There is no contracts/events");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
