package escale.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.runtime.Failpoint.Armed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailpointTest {

    @Test
    void the_first_pass_is_meant_where_none_is_named() {
        assertThat(Failpoint.armed("after-claim")).contains(new Armed(Failpoint.AFTER_CLAIM, 1));
    }

    @Test
    void a_later_pass_can_be_meant() {
        assertThat(Failpoint.armed("relay-between-ack-and-commit:12"))
                .contains(new Armed(Failpoint.RELAY_BETWEEN_ACK_AND_COMMIT, 12));
    }

    @Test
    void every_failpoint_can_be_armed_by_its_name() {
        assertThat(Failpoint.values())
                .hasSize(12)
                .allSatisfy(each -> assertThat(Failpoint.armed(each.toString())).contains(new Armed(each, 1)));
    }

    @Test
    void nothing_is_armed_unless_it_is_asked_for() {
        assertThat(Failpoint.armed(null)).isEmpty();
        assertThat(Failpoint.armed("")).isEmpty();
        Arrays.stream(Failpoint.values()).forEach(Failpoint::pass); // and the test lives on
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-lunch", "AFTER_CLAIM", "after-claim:", "after-claim:0", "after-claim:x", ":1"})
    void what_names_no_failpoint_is_refused_with_the_names_of_all(String wish) {
        assertThatThrownBy(() -> Failpoint.armed(wish))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ESCALE_FAILPOINT=" + wish + " names no failpoint")
                .hasMessageContaining("after-accept-commit, before-settle-commit");
    }
}
