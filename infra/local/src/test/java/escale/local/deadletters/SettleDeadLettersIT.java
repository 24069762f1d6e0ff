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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettleDeadLettersIT {
    private static final String CASE = """
            {"deadLetterId":"c1","status":"OPEN","cause":"provider-500","attempts":6,
             "lastFailureAt":"2026-05-04T08:16:01.412Z","bookingId":"b1","version":4}""";

    private final List<String> asked = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private int status = 200;
    private String answer = CASE;
    private HttpServer payment;

    @BeforeEach
    void open() throws IOException {
        payment = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        payment.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var seen = exchange.getRequestHeaders().getFirst("If-Match");
            asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + (seen == null ? "" : seen)
                            + " " + body)
                    .strip());
            var isRead = exchange.getRequestMethod().equals("GET");
            var bytes = (isRead && status != 200 ? CASE : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isRead ? 200 : status, bytes.length);
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
    void cases_are_listed_with_what_one_decides_by() {
        answer = "{\"items\":[" + CASE + "]}";

        run("ls", "--status", "OPEN");

        assertThat(asked).containsExactly("GET /v1/dead-letters?limit=50&status=OPEN");
        assertThat(shown).hasSize(2);
        assertThat(shown.getLast()).contains("c1", "OPEN", "provider-500", "6", "2026-05-04T08:16:01Z", "b1");
    }

    @Test
    void a_deed_is_done_to_the_case_as_it_was_last_seen() {
        run("mark-paid", "c1", "bank", "transfer", "4711");

        assertThat(asked)
                .containsExactly(
                        "GET /v1/dead-letters/c1",
                        "POST /v1/dead-letters/c1/mark-paid \"4\" {\"evidence\":\"bank transfer 4711\"}");
        assertThat(shown).containsExactly("c1 is now OPEN (version 4)");
    }

    @Test
    void a_replay_may_bring_another_card() {
        run("replay", "c1", "pm_card_mastercard");

        assertThat(asked.getLast())
                .isEqualTo("POST /v1/dead-letters/c1/replay \"4\" {\"paymentMethod\":\"pm_card_mastercard\"}");
    }

    @Test
    void the_traveller_of_a_case_is_sent_a_pay_link_and_the_case_remembers_it() {
        run("send-pay-link", "c1");

        assertThat(asked)
                .containsExactly(
                        "GET /v1/dead-letters/c1",
                        "GET /v1/bookings/b1",
                        "POST /v1/bookings/b1/pay-link \"4\"",
                        "POST /v1/dead-letters/c1/notes \"4\" {\"note\":\"sent the traveller a pay link\"}");
        assertThat(shown.getFirst()).startsWith("The traveller of booking b1 is sent a pay link");
        assertThat(shown.getLast()).startsWith("c1 is still OPEN (version 4)");
    }

    @Test
    void a_link_that_booking_refuses_is_said_in_its_words_and_leaves_the_case_alone() {
        status = 409;
        answer = "{\"code\":\"payment-being-verified\",\"detail\":\"Nobody knows yet\"}";

        assertThatThrownBy(() -> run("send-pay-link", "c1"))
                .isInstanceOf(CannotStart.class)
                .hasMessage("Nobody knows yet (409 payment-being-verified)");
        assertThat(asked).hasSize(3).noneMatch(each -> each.contains("notes"));
    }

    @Test
    void no_link_is_sent_while_the_case_is_being_retried_nor_where_there_is_no_traveller() {
        answer = CASE.replace("OPEN", "REPLAYING");
        assertThatThrownBy(() -> run("send-pay-link", "c1")).hasMessageContaining("being retried");
        answer = CASE.replace("\"bookingId\":\"b1\",", "");
        assertThatThrownBy(() -> run("send-pay-link", "c1")).hasMessageContaining("about no booking");
        assertThat(asked).allMatch(each -> each.startsWith("GET /v1/dead-letters"));
    }

    @Test
    void what_payment_refuses_is_said_in_its_words() {
        status = 412;
        answer = "{\"code\":\"stale-version\",\"detail\":\"Somebody else changed it\"}";

        assertThatThrownBy(() -> run("discard", "c1", "duplicate"))
                .isInstanceOf(CannotStart.class)
                .hasMessage("Somebody else changed it (412 stale-version)");
    }

    @Test
    void a_deed_without_its_reason_is_not_sent() {
        assertThatThrownBy(() -> run("discard", "c1")).hasMessageContaining("needs more words");
        assertThat(asked).isEmpty();
    }

    private void run(String... words) {
        var base = URI.create("http://127.0.0.1:" + payment.getAddress().getPort());
        new SettleDeadLetters(new PaymentDoor(base, "token"), new BookingDoor(base, "token", "key-1"), shown::add)
                .run(List.of(words));
    }
}
