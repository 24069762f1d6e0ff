package escale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplicationTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Application.commands(Map.of(), Clock.systemUTC(), new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    @Test
    void what_cannot_be_read_is_told_in_a_sentence_and_breaks_no_invariant() {
        var unreachable = "jdbc:postgresql://127.0.0.1:1/booking?user=u&password=p";

        assertThat(run("verify", "--booking-database", unreachable, "--payment-database", unreachable))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("The database of booking cannot be read at jdbc:postgresql://127.0.0.1:1/booking")
                .doesNotContain("password", "\tat ");
    }

    @Test
    void without_a_name_the_drills_are_listed() {
        assertThat(run("drill")).isZero();
        assertThat(out.toString())
                .contains("happy", "decline", "ladder", "hot-seat", "crash-after-charge", "kill", "scale", "outage");
    }

    @Test
    void an_unknown_drill_or_option_is_refused() {
        assertThat(run("drill", "earthquake")).isEqualTo(2);
        assertThat(run("load", "--for", "soon")).isEqualTo(2);
        assertThat(run("load", "--fault", "0.1")).isEqualTo(2);
    }
}
