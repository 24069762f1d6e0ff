package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import escale.runtime.Trace;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final Trace NO_TRACE = new Trace("", "");

    @Test
    void an_oversized_event_is_refused_where_it_is_made_and_not_by_the_broker() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Event("tours", "louvre", "tour.published", new byte[Event.LARGEST + 1], NO_TRACE))
                .withMessageContaining("louvre");
        assertThat(new Event("tours", "louvre", "tour.published", new byte[Event.LARGEST], NO_TRACE).payload())
                .hasSize(Event.LARGEST);
    }

    @Test
    void a_tombstone_has_no_payload() {
        assertThat(new Event("users", "marie", "user.erased", null, NO_TRACE).payload())
                .isNull();
    }
}
