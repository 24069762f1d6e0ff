package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger alone says what happened: to the simulator after a crash, and to whoever adds it up. */
class LedgerTest {
    private static final String PAYMENTS = "/v1/payment_intents";

    private RunningSimulator simulator;

    @BeforeEach
    void start(@TempDir Path folder) {
        simulator = RunningSimulator.in(folder);
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    private JsonNode post(String path, String form, String key) {
        return RunningSimulator.parse(
                simulator.call("POST", path, form, "Idempotency-Key", key).body());
    }

    private String pay(String booking, String method) {
        var form = "amount=9000&currency=eur&confirm=true&payment_method=" + method + "&metadata[bookingId]=" + booking;
        var answer = post(PAYMENTS, form, "key-" + booking);
        return (answer.has("error") ? answer.at("/error/payment_intent/id") : answer.path("id")).asText();
    }

    /** Charges minus refunds per payment, from the documented upper part of the lines alone. */
    private static HashMap<String, Long> added(List<JsonNode> lines) {
        var sums = new HashMap<String, Long>();
        for (var line : lines) {
            long amount = line.path("amount").asLong();
            long moved = switch (line.path("type").asText()) {
                case "charge.succeeded", "refund.failed" -> amount;
                case "refund.succeeded" -> -amount;
                default -> 0;
            };
            sums.merge(line.path("paymentIntent").asText(), moved, Long::sum);
        }
        return sums;
    }

    @Test
    void a_checker_can_add_it_up_without_knowing_the_program() throws Exception {
        var paid = pay("b-1", "pm_card_visa");
        var declined = pay("b-2", "pm_card_chargeDeclined");
        post("/v1/refunds", "amount=4000&payment_intent=" + paid, "refund-1");
        var lines = simulator.lines();
        assertThat(added(lines)).containsEntry(paid, 5_000L).containsEntry(declined, 0L);
        assertThat(lines).extracting(line -> line.path("seq").asInt()).containsExactly(1, 2, 3);
        var charge = lines.getFirst();
        assertThat(charge.at("/metadata/bookingId").asText()).isEqualTo("b-1");
        assertThat(charge.path("idempotencyKey").asText()).isEqualTo("key-b-1");
        assertThat(charge.path("currency").asText()).isEqualTo("eur");
    }

    @Test
    void the_control_port_hands_it_out_whole() throws Exception {
        pay("b-1", "pm_card_visa");
        assertThat(simulator.control("GET", "/ledger", "").body()).isEqualTo(Files.readString(simulator.ledger()));
    }

    @Test
    void what_only_looks_writes_nothing() throws Exception {
        var paid = pay("b-1", "pm_card_visa");
        simulator.call("GET", PAYMENTS + "/" + paid, "");
        simulator.call("GET", PAYMENTS, "");
        pay("b-1", "pm_card_visa"); // a replay
        assertThat(simulator.lines()).hasSize(1);
    }

    @Test
    void after_a_restart_everything_is_as_it_was() throws Exception {
        var paid = pay("b-1", "pm_card_visa");
        pay("b-2", "pm_card_chargeDeclined");
        pay("b-3", "pm_card_threeDSecure2Required");
        post("/v1/refunds", "amount=4000&payment_intent=" + paid, "refund-1");
        post(PAYMENTS, "amount=1&currency=jpy", "open");
        var stats = simulator.stats();
        var before = simulator.call("GET", PAYMENTS, "").body();
        var events = simulator.call("GET", "/v1/events?limit=100", "").body();
        simulator.restart(_ -> {});
        assertThat(simulator.stats().path("currencies")).isEqualTo(stats.path("currencies"));
        // A challenge page has the address of the port, and the ports of tests change.
        assertThat(withoutPorts(simulator.call("GET", PAYMENTS, "").body())).isEqualTo(withoutPorts(before));
        assertThat(withoutPorts(
                        simulator.call("GET", "/v1/events?limit=100", "").body()))
                .isEqualTo(withoutPorts(events));
    }

    private static String withoutPorts(String body) {
        return body.replaceAll("localhost:\\d+", "localhost");
    }

    @Test
    void a_crash_at_any_byte_of_the_last_write_leaves_a_readable_ledger() throws Exception {
        pay("b-1", "pm_card_visa");
        pay("b-2", "pm_card_visa");
        var whole = Files.readAllBytes(simulator.ledger());
        int first = firstLine(whole);
        for (int length = 0; length <= whole.length; length += length == first || length == whole.length - 1 ? 1 : 7) {
            var torn = Arrays.copyOf(whole, length);
            simulator.restart(ledger -> Files.write(ledger, torn));
            int survived = length == whole.length ? 2 : length >= first ? 1 : 0;
            assertThat(simulator.lines()).as("%d bytes", length).hasSize(survived);
            assertThat(simulator.stats().at("/currencies/eur/charges").asInt()).isEqualTo(survived);
        }
    }

    private static int firstLine(byte[] ledger) {
        int end = 0;
        while (ledger[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    @Test
    void after_a_torn_line_it_goes_on_as_if_that_line_had_never_been() throws Exception {
        pay("b-1", "pm_card_visa");
        pay("b-2", "pm_card_visa");
        simulator.restart(ledger -> {
            var bytes = Files.readAllBytes(ledger);
            Files.write(ledger, Arrays.copyOf(bytes, bytes.length - 5));
        });
        pay("b-2", "pm_card_visa");
        assertThat(simulator.lines())
                .extracting(line -> line.path("seq").asInt())
                .containsExactly(1, 2);
        assertThat(simulator.stats().at("/currencies/eur/charged").asInt()).isEqualTo(18_000);
    }

    @Test
    void a_last_line_whose_middle_never_reached_the_disk_is_cut_off_too() throws Exception {
        pay("b-1", "pm_card_visa");
        simulator.restart(ledger -> Files.write(
                ledger, "{\"seq\":2,\0\0\0\0}\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND));
        assertThat(simulator.lines()).hasSize(1);
    }

    @Test
    void damage_before_the_end_is_nobodys_crash_and_stops_the_start() throws Exception {
        pay("b-1", "pm_card_visa");
        pay("b-2", "pm_card_visa");
        var whole = Files.readAllBytes(simulator.ledger());
        assertThatThrownBy(() -> simulator.restart(ledger -> {
                    var damaged = whole.clone();
                    damaged[10] = 0;
                    Files.write(ledger, damaged);
                }))
                .hasMessageContaining("line 1")
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> simulator.restart(
                        ledger -> Files.write(ledger, Arrays.copyOfRange(whole, firstLine(whole), whole.length))))
                .hasMessageContaining("carries the number 2");
        simulator.restart(ledger -> Files.write(ledger, whole));
        assertThat(simulator.lines()).hasSize(2);
    }

    @Test
    void two_simulators_never_write_to_one_ledger(@TempDir Path folder) throws Exception {
        try (var one = RunningSimulator.in(folder)) {
            one.control("GET", "/ledger", "");
            assertThatThrownBy(() -> RunningSimulator.in(folder)).hasMessageContaining("another simulator");
        }
        RunningSimulator.in(folder).close();
    }

    @Test
    void a_reset_wipes_everything_where_it_is_allowed() throws Exception {
        pay("b-1", "pm_card_visa");
        assertThat(simulator.control("POST", "/reset", "").statusCode()).isEqualTo(200);
        assertThat(Files.size(simulator.ledger())).isZero();
        assertThat(simulator.stats().path("paymentIntents").asInt()).isZero();
        pay("b-1", "pm_card_visa");
        simulator.restart(_ -> {});
        assertThat(simulator.stats().path("paymentIntents").asInt()).isEqualTo(1);
    }
}
