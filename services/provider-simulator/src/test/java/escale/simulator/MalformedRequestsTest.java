package escale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is the sender's fault and says so; it never breaks anything here. */
class MalformedRequestsTest {
    private static final String PAYMENTS = "/v1/payment_intents";
    private static final String GOOD = "amount=9000&currency=eur&payment_method=pm_card_visa&confirm=true";

    private static RunningSimulator simulator;

    @BeforeAll
    static void start(@TempDir Path folder) {
        simulator = RunningSimulator.in(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "amount=9000",
                "amount=&currency=eur",
                "amount=0&currency=eur",
                "amount=-5&currency=eur",
                "amount=1.5&currency=eur",
                "amount=99999999999999999999&currency=eur",
                "amount=100000000&currency=eur",
                "amount=9000&currency=euro",
                "amount=9000&currency=%00",
                "amount=9000&currency=eur&confirm=yes",
                "amount=9000&currency=eur&confirm=true&payment_method=pm_nobody",
                "amount=9000&currency=eur&confirm=true",
                "amount=9000&currency=eur&capture_method=manual",
                "amount=9000&currency=eur&return_url=javascript:x",
                "amount=9000&currency=eur&return_url=http://x%0d%0aSet-Cookie:%20a",
                "amount=9000&currency=eur&metadata[k]=%zz",
                "amount=9000&currency=eur&unheard_of=1",
                "amount=9000&currency=eur&payment_method_data[card][number]=4242424242424242",
                "amount=9000&currency=eur&payment_method=4242424242424242",
                "amount=9000&currency=eur&confirm=true&automatic_payment_methods[enabled]=true&payment_method=pm_card_visa"
            })
    void a_bad_create_is_refused_with_an_error_object(String form) {
        var answer = simulator.call("POST", PAYMENTS, form);
        assertThat(answer.statusCode()).isIn(400, 402);
        assertThat(RunningSimulator.parse(answer.body()).at("/error/type").asText())
                .isEqualTo("invalid_request_error");
        assertThat(answer.body()).doesNotContain("4242424242424242");
    }

    @Test
    void too_many_or_too_long_notes_are_refused() {
        var many = new StringBuilder(GOOD);
        for (int i = 0; i < 51; i++) {
            many.append("&metadata[k").append(i).append("]=1");
        }
        assertThat(simulator.call("POST", PAYMENTS, many.toString()).statusCode())
                .isEqualTo(400);
        var longNote = GOOD + "&metadata[k]=" + "x".repeat(501);
        assertThat(simulator.call("POST", PAYMENTS, longNote).statusCode()).isEqualTo(400);
        assertThat(simulator.call("POST", PAYMENTS, "expand[]=x&".repeat(5_000)).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /v2/payment_intents, 404",
        "GET, /v1/customers, 404",
        "GET, /v1/payment_intents/a/b/c, 404",
        "POST, /v1/payment_intents/a/capture, 404",
        "POST, /v1/payment_intents//confirm, 404",
        "POST, /v1/payment_intents/a/b/c, 404",
        "POST, /v1/charges, 404",
        "POST, /v1/refunds/re_1, 404",
        "DELETE, /v1/payment_intents/a, 404",
        "HEAD, /v1/payment_intents, 404",
        "GET, /v1/payment_intents/%00, 404",
        "GET, /v1/payment_intents?limit=0, 400",
        "GET, /v1/payment_intents?limit=101, 400",
        "GET, /v1/payment_intents?limit=ten, 400",
        "GET, /v1/payment_intents?starting_after=pi_x, 400",
        "GET, /v1/payment_intents?created[gt]=9223372036854775807, 200",
        "GET, /v1/payment_intents?created[lt]=-9223372036854775808, 200",
        "GET, /v1/payment_intents/search, 400",
        "GET, /v1/payment_intents/search?query=metadata, 400",
        "GET, /v1/payment_intents/search?query=shoe:1, 400",
        "GET, /v1/payment_intents/search?query=status:x&page=-1, 400",
        "GET, /v1/payment_intents/search?query=status:x&page=99999999999, 400",
        "GET, /v1/events/evt_, 404",
        "GET, /v1/events/e, 404",
        "GET, /v1/events/evt_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz, 404",
        "GET, /v1/events?ending_before=evt_x, 400",
        "GET, /v1/balance/history, 404",
        "POST, /3ds/, 404",
    })
    void a_call_that_leads_nowhere_is_told_so(String method, String path, int status) {
        var answer = simulator.call(method, path.replace("[", "%5B").replace("]", "%5D"), "");
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void a_bound_that_excludes_everything_lists_nothing() {
        simulator.call("POST", PAYMENTS, GOOD);
        for (var bound : List.of("created%5Bgt%5D=9223372036854775807", "created%5Blt%5D=-9223372036854775808")) {
            var list = RunningSimulator.parse(
                    simulator.call("GET", PAYMENTS + "?" + bound, "").body());
            assertThat(list.path("data")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET /v1/balance\r\n\r\n",
                "GET /v1/balance HTTP/2.0\r\n\r\n",
                "\r\n\r\n",
                "GET /v1/balance HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /v1/balance HTTP/1.1\r\nAuthorization: a\nb\r\n\r\n",
                "POST /v1/refunds HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "POST /v1/refunds HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/refunds HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n",
                "POST /v1/refunds HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void what_is_no_http_is_answered_with_4xx(String bytes) throws IOException {
        assertThat(simulator.raw(bytes.getBytes(StandardCharsets.ISO_8859_1))).startsWith("HTTP/1.1 4");
    }

    @Test
    void a_head_without_end_is_cut_off() throws IOException {
        var endless = "GET /v1/balance HTTP/1.1\r\nX: " + "x".repeat(100_000);
        assertThat(simulator.raw(endless.getBytes(StandardCharsets.US_ASCII))).startsWith("HTTP/1.1 431");
    }

    /** Good calls with a few bytes changed: almost all are wrong, each in its own way. */
    @Test
    void thousands_of_damaged_calls_are_all_answered_and_none_with_500() throws IOException {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        var good = List.of(
                post(PAYMENTS, GOOD + "&metadata[bookingId]=b-1&expand[]=latest_charge"),
                post(PAYMENTS + "/pi_1/confirm", "payment_method=pm_card_visa"),
                post(PAYMENTS + "/pi_1/cancel", "cancellation_reason=duplicate"),
                post("/v1/refunds", "payment_intent=pi_1&amount=1&reason=duplicate"),
                "GET " + PAYMENTS + "?limit=3&created%5Bgte%5D=1 HTTP/1.1\r\nAuthorization: Bearer sk_test_x\r\n\r\n",
                "GET " + PAYMENTS
                        + "/search?query=metadata%5B%27a%27%5D%3A%27b%27 HTTP/1.1\r\nAuthorization: Bearer sk_test_x\r\n\r\n");
        for (int i = 0; i < 3_000; i++) {
            var bytes = damaged(good.get(i % good.size()).getBytes(StandardCharsets.ISO_8859_1), chance);
            var answer = simulator.raw(bytes);
            // Nothing at all is right only where the request did not end, or where it was made longer than it is.
            assertThat(answer)
                    .as("seed %d, call %d: %s", seed, i, new String(bytes, StandardCharsets.ISO_8859_1))
                    .matches("(?s)|HTTP/1\\.1 (200|303|400|401|402|404|409|411|413|431) .*");
        }
    }

    private static String post(String path, String form) {
        return "POST " + path + " HTTP/1.1\r\nAuthorization: Bearer sk_test_x\r\nIdempotency-Key: k\r\nContent-Length: "
                + form.length() + "\r\n\r\n" + form;
    }

    private static byte[] damaged(byte[] request, Random chance) {
        var bytes = new ArrayList<Byte>();
        for (byte each : request) {
            bytes.add(each);
        }
        for (int n = 1 + chance.nextInt(4); n > 0; n--) {
            int place = chance.nextInt(bytes.size());
            switch (chance.nextInt(3)) {
                case 0 -> bytes.set(place, (byte) chance.nextInt(256));
                case 1 -> bytes.add(place, (byte) chance.nextInt(256));
                default -> bytes.remove(place);
            }
        }
        var result = new byte[bytes.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes.get(i);
        }
        return result;
    }
}
