package escale.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedriveDeadLettersIT {
    private static final String PREVIEW = """
            {"letters":3,"charges":3,"refunds":0,"records":0,"sums":[{"currency":"EUR","letters":3,"amount":27000}],
             "causes":[{"cause":"provider-500","letters":3}],
             "asked":{"charges":2,"all":false,"paid":1,"unpaid":1,"unknown":0}}""";

    private final List<String> asked = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final Deque<String> progress = new ArrayDeque<>();
    private HttpServer payment;

    @BeforeEach
    void open() throws IOException {
        payment = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        payment.createContext("/v1/dead-letters/redrives", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            var path = exchange.getRequestURI().getPath().substring("/v1/dead-letters/redrives".length());
            asked.add((exchange.getRequestMethod() + " " + path + " " + (key == null ? "" : key) + " " + body).strip());
            var answer = path.equals("/preview")
                    ? PREVIEW
                    : progress.size() > 1 ? progress.removeFirst() : progress.getFirst();
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        payment.start();
    }

    @AfterEach
    void close() {
        payment.stop(0);
    }

    @Test
    void it_shows_what_it_is_about_asks_and_follows_it_to_the_end() throws Exception {
        progress.add("{\"redriveId\":\"r1\",\"state\":\"RUNNING\"}");
        progress.add("{\"redriveId\":\"r1\",\"state\":\"RUNNING\",\"batch\":1,\"underWay\":1,\"left\":2}");
        progress.add("{\"redriveId\":\"r1\",\"state\":\"DONE\",\"batch\":2,\"settled\":3}");

        assertThat(redrive("yes", "--cause", "provider-500", "--rate", "20", "--older-than", "2h"))
                .isZero();

        var wish = "{\"cause\":\"provider-500\",\"rate\":20,\"openedBefore\":\"2026-05-04T06:00:00Z\"}";
        assertThat(asked.subList(0, 3)).containsExactly("POST /preview  " + wish, "POST  the-key " + wish, "GET /r1");
        assertThat(shown)
                .anyMatch(line -> line.contains("270.00 EUR in 3"))
                .anyMatch(line -> line.contains("3 because of provider-500"))
                .anyMatch(line -> line.contains("2 of the charges, taken at random: 1 paid there already"))
                .anyMatch(line -> line.contains("1 under way  2 left"))
                .anyMatch(line -> line.startsWith("DONE  batch 2") && line.contains("3 settled"));
    }

    @Test
    void without_a_yes_nothing_is_started() throws Exception {
        assertThat(redrive("no")).isEqualTo(1);
        assertThat(asked).hasSize(1);
        assertThat(redrive("yes", "--preview")).isZero();
        assertThat(asked).hasSize(2).allMatch(each -> each.startsWith("POST /preview"));
    }

    @Test
    void one_that_stopped_by_itself_says_why_and_is_no_success() throws Exception {
        progress.add("""
                {"redriveId":"r1","state":"STOPPED","why":"too-many-failed","failed":1,"left":2,
                 "failures":{"provider-500":1}}""");

        assertThat(redrive("", "--yes")).isEqualTo(1);

        assertThat(shown)
                .anyMatch(line -> line.startsWith("STOPPED (too-many-failed)"))
                .anyMatch(line -> line.contains("1 failed again because of provider-500"));
    }

    @Test
    void it_is_cancelled_by_its_id() {
        progress.add("{\"redriveId\":\"r1\",\"state\":\"CANCELLED\",\"why\":\"cancelled by emma\",\"left\":2}");
        command("").cancel("r1");
        assertThat(asked).containsExactly("POST /r1/cancel");
        assertThat(shown).singleElement().asString().startsWith("CANCELLED (cancelled by emma)");
    }

    @Test
    void what_it_does_not_know_starts_nothing() {
        assertThatThrownBy(() -> redrive("yes", "--all"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--all");
        assertThatThrownBy(() -> redrive("yes", "--older-than", "soon")).hasMessageContaining("no age");
        assertThatThrownBy(() -> redrive("yes", "--rate")).hasMessageContaining("needs a value");
        assertThat(asked).isEmpty();
    }

    private int redrive(String answer, String... words) throws InterruptedException {
        return command(answer).redrive(List.of(words));
    }

    private RedriveDeadLetters command(String answer) {
        var base = URI.create("http://127.0.0.1:" + payment.getAddress().getPort());
        return new RedriveDeadLetters(
                new PaymentDoor(base, "token"),
                new Terminal(shown::add, shown::add, () -> answer),
                Instant.parse("2026-05-04T08:00:00Z"),
                "the-key");
    }
}
