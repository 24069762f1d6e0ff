package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each switch does what its name says, to the caller and to the money. */
class FaultsTest {
    private static final String PAYMENTS = "/v1/payment_intents";
    private static final String FORM = "amount=9000&currency=eur&payment_method=pm_card_visa&confirm=true";

    private RunningSimulator simulator;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RunningSimulator.in(folder);
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    private void always(String kind) {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"" + kind + "\"}");
    }

    private long charges() {
        return simulator.stats().at("/currencies/eur/charges").asLong();
    }

    private int pay(String booking) {
        return simulator
                .call("POST", PAYMENTS, FORM + "&metadata[bookingId]=" + booking)
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "error500Before, 500, 0",
        "error500Stored, 500, 0",
        "error500After, 500, 1",
        "error503, 503, 0",
        "error429, 429, 0",
        "decline, 402, 0"
    })
    void an_error_has_its_status_an_error_body_and_an_effect_or_none(String kind, int status, int charged) {
        always(kind);
        var answer = simulator.call("POST", PAYMENTS, FORM);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(RunningSimulator.parse(answer.body()).at("/error/type").asText())
                .isNotEmpty();
        assertThat(charges()).isEqualTo(charged);
    }

    @Test
    void a_502_comes_as_html_from_a_gateway_that_never_passed_the_call_on() {
        always("error502Html");
        var answer = simulator.call("POST", PAYMENTS, FORM);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(charges()).isZero();
    }

    @Test
    void a_429_says_when_to_come_back() {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error429\", \"retryAfterSeconds\": 17}");
        assertThat(simulator.call("POST", PAYMENTS, FORM).headers().firstValue("Retry-After"))
                .contains("17");
    }

    private byte[] request() {
        return ("POST " + PAYMENTS + " HTTP/1.1\r\nAuthorization: Bearer sk_test_escale\r\nContent-Length: "
                        + FORM.length() + "\r\n\r\n" + FORM)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Socket sent() throws IOException {
        var socket = new Socket("localhost", URI.create(simulator.url()).getPort());
        socket.setSoTimeout(RunningSimulator.PATIENCE_MS);
        socket.getOutputStream().write(request());
        return socket;
    }

    @ParameterizedTest
    @CsvSource({"hang, 0", "hangAfter, 1"})
    void a_hanging_call_says_nothing_before_or_after_its_effect(String kind, int charged) throws Exception {
        always(kind);
        try (var socket = sent()) {
            await().until(() -> charges() == charged);
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(charges()).isEqualTo(charged);
        }
    }

    @Test
    void a_hanging_call_ends_at_its_bound() throws Exception {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"hang\", \"hangMs\": 20}");
        try (var socket = sent()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"resetBefore, 0", "resetAfter, 1"})
    void a_reset_cuts_the_connection_before_or_after_the_effect(String kind, int charged) throws Exception {
        always(kind);
        try (var socket = sent()) {
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(charges()).isEqualTo(charged);
        }
    }

    @Test
    void a_truncated_answer_is_a_200_that_ends_in_the_middle() throws Exception {
        always("truncated");
        var answer = simulator.raw(request());
        var head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        int announced = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        assertThat(head).startsWith("HTTP/1.1 200 ");
        assertThat(answer.length() - head.length() - 4).isPositive().isLessThan(announced);
        assertThat(charges()).isEqualTo(1);
    }

    @Test
    void a_dripping_answer_defeats_a_time_out_per_read_and_is_whole_in_the_end() throws Exception {
        simulator.faults("{\"errorRate\": 1, \"errorKind\": \"drip\", \"dripMs\": 1}");
        try (var socket = sent()) {
            var received = new ByteArrayOutputStream();
            while (!received.toString(StandardCharsets.US_ASCII).endsWith("\"status\":\"succeeded\"}")) {
                int next = socket.getInputStream().read();
                assertThat(next).isNotNegative();
                received.write(next);
            }
        }
    }

    @Test
    void an_answer_takes_at_least_the_latency() {
        simulator.faults("{\"latencyMs\": 60, \"latencyJitterMs\": 20}");
        long before = System.nanoTime();
        assertThat(pay("b-1")).isEqualTo(200);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(60_000_000);
    }

    @Test
    void down_refuses_connections_on_the_same_port_until_it_is_up_again() throws Exception {
        assertThat(pay("b-1")).isEqualTo(200);
        simulator.faults("{\"down\": true}");
        assertThatThrownBy(this::sent).isInstanceOf(ConnectException.class);
        assertThat(RunningSimulator.parse(
                                simulator.control("GET", "/health", "").body())
                        .path("provider")
                        .asText())
                .isEqualTo("down");
        simulator.healthy();
        assertThat(pay("b-2")).isEqualTo(200);
    }

    @Test
    void the_next_calls_of_one_booking_fail_and_no_other() {
        simulator.faults("""
                {"rules": [{"match": {"metadata": {"bookingId": "b-1"}}, "kind": "error500Before", "times": 2}]}
                """);
        assertThat(List.of(pay("b-1"), pay("b-2"), pay("b-1"), pay("b-1"))).containsExactly(500, 200, 500, 200);
        var rule = RunningSimulator.parse(
                        simulator.control("GET", "/faults", "").body())
                .at("/rules/0");
        assertThat(rule.path("applied").asInt()).isEqualTo(2);
    }

    @Test
    void a_rule_follows_a_payment_through_its_later_calls() throws Exception {
        var opened = RunningSimulator.parse(simulator
                .call("POST", PAYMENTS, "amount=9000&currency=eur&payment_method=pm_card_visa&metadata[bookingId]=b-1")
                .body());
        var path = PAYMENTS + "/" + opened.path("id").asText();
        simulator.faults("""
                {"rules": [
                  {"match": {"metadata": {"bookingId": "b-1"}, "call": ["confirm"]}, "kind": "error500After", "times": 1},
                  {"match": {"metadata": {"bookingId": "b-1"}, "call": ["retrieve"]}, "kind": "error503"}]}
                """);
        assertThat(simulator.call("POST", path + "/confirm", "").statusCode()).isEqualTo(500);
        assertThat(charges()).isEqualTo(1);
        assertThat(simulator.call("GET", path, "").statusCode()).isEqualTo(503);
        assertThat(simulator.call("GET", PAYMENTS, "").statusCode()).isEqualTo(200);
        assertThat(simulator.calls())
                .extracting(call -> "%s %s %d"
                        .formatted(
                                call.path("bookingId").asText(),
                                call.path("fault").asText(),
                                call.path("status").asInt()))
                .containsExactly("b-1 null 200", "b-1 error500After 500");
    }

    @Test
    void a_patch_changes_what_it_names_and_keeps_the_rest() {
        simulator.faults("{\"errorRate\": 0.25, \"latencyMs\": 3}");
        simulator.control("PATCH", "/faults", "{\"webhooks\": {\"twice\": true}}");
        JsonNode now =
                RunningSimulator.parse(simulator.control("GET", "/faults", "").body());
        assertThat(now.path("errorRate").asDouble()).isEqualTo(0.25);
        assertThat(now.path("latencyMs").asInt()).isEqualTo(3);
        assertThat(now.at("/webhooks/twice").asBoolean()).isTrue();
    }

    @Test
    void the_same_seed_draws_the_same_faults() {
        var switches =
                "{\"errorRate\": 0.5, \"errorKind\": [\"error500Before\", \"error429\", \"error503\"], \"seed\": %d}";
        simulator.faults(switches.formatted(4711));
        var once = statuses(40);
        simulator.faults(switches.formatted(4711));
        assertThat(statuses(40)).isEqualTo(once).contains(200, 500, 429, 503);
        simulator.faults(switches.formatted(4712));
        assertThat(statuses(40)).isNotEqualTo(once);
    }

    private List<Integer> statuses(int calls) {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < calls; i++) {
            statuses.add(pay("b-" + i));
        }
        return statuses;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{\"down\": null}",
                "{\"down\": \"yes\"}",
                "{\"latencyMs\": -1}",
                "{\"latencyMs\": 1.5}",
                "{\"latencyMs\": 99999999999}",
                "{\"errorRate\": 1.1}",
                "{\"errorKind\": []}",
                "{\"errorKind\": \"error418\"}",
                "{\"rules\": [null]}",
                "{\"rules\": [{}]}",
                "{\"rules\": [{\"match\": {}, \"kind\": \"hang\", \"times\": 0}]}",
                "{\"rules\": [{\"match\": {\"booking\": \"b-1\"}, \"kind\": \"hang\"}]}",
                "{\"webhooks\": {\"lateMs\": -1}}",
                "{\"webhook\": {}}",
                "{} {}"
            })
    void a_switch_that_is_mistyped_is_refused_with_a_reason_and_changes_nothing(String body) {
        var before = simulator.control("GET", "/faults", "").body();
        for (var method : List.of("PUT", "PATCH")) {
            var answer = simulator.control(method, "/faults", body);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(RunningSimulator.parse(answer.body()).path("error").asText())
                    .isNotEmpty();
        }
        assertThat(simulator.control("GET", "/faults", "").body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "{}", "[null]", "[1]", "[{}]", "[{\"url\": \"ftp://x\"}]", "[{\"url\": \"::\"}]"})
    void an_endpoint_that_is_none_is_refused(String body) {
        assertThat(simulator.control("PUT", "/webhooks", body).statusCode()).isEqualTo(400);
        assertThat(simulator.control("GET", "/webhooks", "").body()).isEqualTo("[]");
    }
}
