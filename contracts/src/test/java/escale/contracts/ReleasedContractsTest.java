package escale.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReleasedContractsTest {
    private final Contracts released = Contracts.lastReleased();
    private final Contracts today = Contracts.ofToday();

    @Test
    void today_breaks_nothing_that_was_released() {
        assertThat(ContractGate.breaks(released, today))
                .as("add optional fields only; a break is a new type, see README.md")
                .isEmpty();
    }

    @Test
    void the_gate_sees_the_real_tree_and_not_an_empty_one() {
        var pruned = Contracts.ofToday();
        ((ObjectNode) pruned.topics()).remove("tours");
        ((ObjectNode) pruned.events()).remove("booking.confirmed");
        ((ObjectNode) pruned.apis().at("/booking/paths")).remove("/v1/bookings/{bookingId}");

        assertThat(ContractGate.breaks(released, pruned))
                .contains(
                        "topic tours was removed",
                        "event booking.confirmed was removed",
                        "api booking /v1/bookings/{bookingId} was removed");
    }

    @TestFactory
    Stream<DynamicTest> what_lies_on_the_topics_can_still_be_read() {
        return released.examples().properties().stream()
                .map(old -> dynamicTest(old.getKey(), () -> {
                    var schema = today.events().get(Examples.type(old.getKey()));
                    assertThat(Validator.faults(schema, old.getValue())).isEmpty();
                }));
    }
}
