package escale.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestHashTest {
    private static String hash(Object... values) {
        return HexFormat.of().formatHex(RequestHash.of(values));
    }

    @Test
    void the_same_values_have_the_same_hash_today_and_tomorrow() {
        var id = UUID.fromString("01a1fb2c-a97d-7de6-9f41-114cff4eb36e");

        // Stored beside keys for as long as these are kept: another hash would refuse honest repetitions.
        assertThat(hash(id, 2, 12_345L, "EUR", null, true, LocalDate.of(2026, 5, 1), List.of("A", "B")))
                .isEqualTo("4fc3ac17aa255346a859a43dc9695ce4745fcf59b0f208904ff829c7956be8c4");
    }

    @Test
    void values_cannot_flow_into_one_another() {
        var different = List.of(
                hash("a", "bc"),
                hash("ab", "c"),
                hash("abc"),
                hash("abc", null),
                hash(null, "abc"),
                hash("abc", ""),
                hash(List.of("abc")),
                hash(List.of("a", "bc")),
                hash(List.of("a, bc")),
                hash(List.of("a"), "bc"),
                hash(1),
                hash("1"),
                hash(true),
                hash("true"),
                hash());

        assertThat(new HashSet<>(different)).hasSameSizeAs(different);
    }

    @Test
    void an_int_and_a_long_of_the_same_value_are_the_same() {
        assertThat(hash(5)).isEqualTo(hash(5L));
    }

    @Test
    void long_texts_fit_in() {
        assertThat(hash("x".repeat(10_000))).isNotEqualTo(hash("x".repeat(10_001)));
        assertThat(hash(Arrays.asList(new Object[1_000]).toArray())).isNotEqualTo(hash());
    }

    @Test
    void what_has_no_fixed_written_form_is_refused() {
        assertThatThrownBy(() -> RequestHash.of(new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RequestHash.of(1.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
