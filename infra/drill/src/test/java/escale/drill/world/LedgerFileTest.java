package escale.drill.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {
    private static final UUID BOOKING = UUID.randomUUID();
    private static final UUID PAYMENT = UUID.randomUUID();

    @TempDir
    private Path folder;

    private Path ledger(String... lines) throws IOException {
        return Files.writeString(folder.resolve("ledger.jsonl"), String.join("\n", lines));
    }

    private static String line(String type, String intent, long amount) {
        return """
                {"seq":1,"time":"2026-05-04T08:15:30Z","type":"%s","paymentIntent":"%s","charge":"ch_1","amount":%d,\
                "currency":"eur","metadata":{"note":{"bookingId":7},"bookingId":"%s","paymentId":"%s"},"announced":false,\
                "answer":{"type":"charge.succeeded","amount":1},"change":{"paymentIntent":"pi_0"}}\
                """.formatted(type, intent, amount, BOOKING, PAYMENT);
    }

    @Test
    void only_money_that_moved_counts() throws IOException {
        var charges = LedgerFile.read(ledger(
                line("payment_intent.created", "pi_1", 9_000),
                line("charge.failed", "pi_1", 9_000),
                line("charge.succeeded", "pi_1", 9_000),
                line("answer.stored", "pi_1", 9_000)));

        assertThat(charges).containsExactly(new Charge("pi_1", BOOKING, PAYMENT, 9_000, "EUR", 0));
    }

    @Test
    void refunds_go_off_and_come_back_when_the_bank_returns_them() throws IOException {
        var charges = LedgerFile.read(ledger(
                line("charge.succeeded", "pi_1", 9_000),
                line("refund.succeeded", "pi_1", 4_000),
                line("refund.succeeded", "pi_1", 1_000),
                line("refund.failed", "pi_1", 1_000)));

        assertThat(charges)
                .singleElement()
                .satisfies(charge -> assertThat(charge.net()).isEqualTo(5_000));
    }

    @Test
    void a_line_that_is_still_being_written_is_left_out() throws IOException {
        var torn = line("charge.succeeded", "pi_2", 9_000);

        assertThat(LedgerFile.read(ledger(line("charge.succeeded", "pi_1", 9_000), torn.substring(0, 150))))
                .hasSize(1);
    }

    @Test
    void a_ledger_that_is_not_there_or_not_readable_is_said_to_be_so() throws IOException {
        assertThatThrownBy(() -> LedgerFile.read(folder.resolve("none"))).isInstanceOf(Unreachable.class);
        var broken = ledger("{\"type\":}");
        assertThatThrownBy(() -> LedgerFile.read(broken)).isInstanceOf(Unreachable.class);
    }
}
