package escale.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventGateTest {
    private static final SmallRelease RELEASED = new SmallRelease("""
            events:
              ordered:
                required: [bookingId, amount]
                properties:
                  bookingId: { type: string, format: uuid, description: The booking }
                  amount: { type: integer, minimum: 1 }
                  kind: { type: string, enum: [CHARGE, SUPPLEMENT] }
                  lines: { type: array, items: { properties: { text: { type: string } } } }
              cancelled:
                properties:
                  bookingId: { type: string }
            """);

    @Test
    void what_did_not_change_breaks_nobody() {
        assertThat(RELEASED.changingNothing()).isEmpty();
    }

    @Test
    void a_new_optional_field_is_welcome() {
        assertThat(RELEASED.changing("      amount:", "      note: { type: string }\n      amount:"))
                .isEmpty();
    }

    @Test
    void a_new_type_is_welcome() {
        assertThat(RELEASED.changing("  cancelled:\n", "  refunded: { required: [bookingId] }\n  cancelled:\n"))
                .isEmpty();
    }

    @Test
    void better_words_are_welcome() {
        assertThat(RELEASED.changing("The booking", "The booking; the key of the record"))
                .isEmpty();
    }

    @Test
    void another_value_is_welcome() {
        assertThat(RELEASED.changing("[CHARGE, SUPPLEMENT]", "[CHARGE, SUPPLEMENT, DEPOSIT]"))
                .isEmpty();
    }

    @Test
    void a_removed_type_is_refused() {
        assertThat(RELEASED.changing("  cancelled:\n", "  taken-back:\n"))
                .containsExactly("event cancelled was removed");
    }

    @Test
    void a_removed_field_is_refused() {
        assertThat(RELEASED.changing("      kind:", "      sort:")).containsExactly("event ordered.kind was removed");
    }

    @Test
    void a_removed_field_of_an_element_is_refused() {
        assertThat(RELEASED.changing("text: {", "label: {")).containsExactly("event ordered.lines[].text was removed");
    }

    @Test
    void another_type_of_field_is_refused() {
        assertThat(RELEASED.changing("amount: { type: integer", "amount: { type: number"))
                .containsExactly("event ordered.amount has another type: number, released as integer");
    }

    @Test
    void another_format_is_refused() {
        assertThat(RELEASED.changing(", format: uuid", ""))
                .containsExactly("event ordered.bookingId has another format: none, released as uuid");
    }

    @Test
    void another_limit_is_refused_wider_or_not() {
        assertThat(RELEASED.changing("minimum: 1", "minimum: 0"))
                .containsExactly("event ordered.amount has another minimum: 0, released as 1");
    }

    @Test
    void a_value_that_is_no_longer_possible_is_refused() {
        assertThat(RELEASED.changing("[CHARGE, SUPPLEMENT]", "[CHARGE]"))
                .containsExactly("event ordered.kind can no longer be SUPPLEMENT");
    }

    @Test
    void a_free_field_that_becomes_a_list_of_values_is_refused() {
        assertThat(RELEASED.changing("minimum: 1", "minimum: 1, enum: [100, 200]"))
                .containsExactly("event ordered.amount is narrowed to [100, 200]");
    }

    @Test
    void a_new_required_field_is_refused_because_old_events_lack_it() {
        assertThat(RELEASED.changing("[bookingId, amount]", "[bookingId, amount, kind]"))
                .containsExactly("event ordered.kind is required now");
    }

    @Test
    void a_field_that_becomes_optional_is_refused_because_readers_rely_on_it() {
        assertThat(RELEASED.changing("[bookingId, amount]", "[bookingId]"))
                .containsExactly("event ordered.amount is no longer certain");
    }
}
