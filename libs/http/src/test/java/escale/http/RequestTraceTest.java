package escale.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTraceTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @AutoClose
    private static final Door door = Door.open();

    @Test
    void a_request_keeps_the_id_its_caller_gave_it() {
        var answer = door.send(door.to("/v1/trace").header("X-Request-Id", "checkout:42_a.b-c"));

        assertThat(answer.header("X-Request-Id")).isEqualTo("checkout:42_a.b-c");
        assertThat(answer.json()).containsEntry("requestId", "checkout:42_a.b-c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<script>", "a\tb", "é", "{\"a\":1}", "${jndi:x}"})
    void an_id_that_could_do_harm_in_a_log_is_replaced(String id) {
        assertThat(UUID.fromString(RequestTrace.requestId(id)).version()).isEqualTo(7);
    }

    @Test
    void an_id_that_is_missing_empty_or_endless_is_replaced() {
        assertThat(UUID.fromString(RequestTrace.requestId(null)).version()).isEqualTo(7);
        assertThat(UUID.fromString(RequestTrace.requestId("")).version()).isEqualTo(7);
        assertThat(UUID.fromString(RequestTrace.requestId("a".repeat(129))).version())
                .isEqualTo(7);
        assertThat(RequestTrace.requestId("a".repeat(128))).hasSize(128);
    }

    @Test
    void a_trace_goes_on_under_a_span_of_our_own() {
        var trace = door.send(door.to("/v1/trace").header("traceparent", PARENT))
                .json()
                .get("traceparent")
                .toString();

        assertThat(trace).startsWith(PARENT.substring(0, 36)).endsWith("-01").isNotEqualTo(PARENT);
        assertThat(trace).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
    }

    @Test
    void a_trace_that_nobody_records_stays_so() {
        assertThat(Traceparent.continued(PARENT.replace("-01", "-00"))).endsWith("-00");
        assertThat(Traceparent.continued(PARENT.replace("-01", "-03"))).endsWith("-01");
    }

    @Test
    void a_later_version_is_understood_as_far_as_we_know_it() {
        assertThat(Traceparent.continued("cc" + PARENT.substring(2) + "-what-the-future-brings"))
                .startsWith(PARENT.substring(0, 36));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"
            })
    void a_traceparent_that_is_none_begins_a_new_trace(String parent) {
        assertThat(Traceparent.continued(parent))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain("4bf92f3577b34da6");
    }

    @Test
    void every_line_that_is_logged_for_a_request_carries_its_ids() {
        var answer = door.get("/v1/trace").json();

        assertThat(answer.get("log"))
                .isEqualTo(answer.get("requestId") + " "
                        + answer.get("traceparent").toString().substring(3, 35));
        assertThat(answer).containsEntry("virtual", true);
    }
}
