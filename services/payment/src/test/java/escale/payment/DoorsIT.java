package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsIT {
    private static final String READER = PaymentService.token("paul", Role.OPS_READ);
    private static final String WRITER = PaymentService.token("emma", Role.OPS_READ, Role.OPS_WRITE);
    private static final String TRAVELLER = PaymentService.token("marie", Role.TRAVELLER);

    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @Test
    void anyone_may_ask_whether_payment_is_possible() throws Exception {
        var answer = service.call("GET", "/v1/availability", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"available\":true");
    }

    @Test
    void operators_find_the_payments_of_a_booking() throws Exception {
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        var list = service.call("GET", "/v1/payments?booking=" + order.bookingId(), READER);
        assertThat(list.body()).contains(order.paymentId().toString()).contains("\"state\":\"PAID\"");
        var one = service.call("GET", "/v1/payments/" + order.paymentId(), READER);
        assertThat(one.headers().firstValue("ETag")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/payments?booking=019df20e-80d0-70f2-b90c-f28c1fb17c23",
        "GET, /v1/payments/019df20e-80d0-70f2-b90c-f28c1fb17c23",
        "GET, /v1/dead-letters",
        "GET, /v1/dead-letters/019df20e-80d0-70f2-b90c-f28c1fb17c23",
        "POST, /v1/dead-letters/019df20e-80d0-70f2-b90c-f28c1fb17c23/replay",
        "POST, /v1/dead-letters/019df20e-80d0-70f2-b90c-f28c1fb17c23/cancel",
        "POST, /v1/dead-letters/019df20e-80d0-70f2-b90c-f28c1fb17c23/mark-refunded",
        "GET, /v1/dead-letters/redrives",
        "GET, /v1/dead-letters/redrives/019df20e-80d0-70f2-b90c-f28c1fb17c23",
        "POST, /v1/dead-letters/redrives",
        "POST, /v1/dead-letters/redrives/preview",
        "POST, /v1/dead-letters/redrives/019df20e-80d0-70f2-b90c-f28c1fb17c23/cancel"
    })
    void what_belongs_to_operations_is_closed_to_all_others(String method, String path) throws Exception {
        assertThat(service.call(method, path, "").statusCode()).isEqualTo(401);
        assertThat(service.call(method, path, TRAVELLER).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "019df20e-80d0-70f2-b90c-f28c1fb17c23/replay",
                "019df20e-80d0-70f2-b90c-f28c1fb17c23/cancel",
                "019df20e-80d0-70f2-b90c-f28c1fb17c23/mark-refunded",
                "redrives",
                "redrives/preview",
                "redrives/019df20e-80d0-70f2-b90c-f28c1fb17c23/cancel"
            })
    void looking_is_not_acting(String path) throws Exception {
        assertThat(service.call("POST", "/v1/dead-letters/" + path, READER).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rate\": 0}",
                "{\"rate\": 1001}",
                "{\"stopAtPercent\": 101}",
                "{\"cause\": \"\"}",
                "{\"text\": \"\\u0000\"}",
                "{\"openedBefore\": \"yesterday\"}",
                "not json"
            })
    void a_redrive_that_makes_no_sense_is_refused(String wish) throws Exception {
        for (var path : new String[] {"", "/preview"}) {
            var answer = service.send(
                    "POST",
                    "/v1/dead-letters/redrives" + path,
                    wish,
                    "Authorization",
                    "Bearer " + WRITER,
                    "Idempotency-Key",
                    "key");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
    }

    @Test
    void a_redrive_needs_a_key_and_something_to_do() throws Exception {
        assertThat(service.call("POST", "/v1/dead-letters/redrives", WRITER).body())
                .contains("idempotency-key-missing");
        assertThat(service.send(
                                "POST",
                                "/v1/dead-letters/redrives",
                                "{\"cause\": \"nobody knows\"}",
                                "Authorization",
                                "Bearer " + WRITER,
                                "Idempotency-Key",
                                "key")
                        .body())
                .contains("nothing-to-redrive");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/payments?booking=no-uuid, 400",
        "/v1/payments, 400",
        "/v1/payments/no-uuid, 400",
        "/v1/payments/019df20e-80d0-70f2-b90c-f28c1fb17c23, 404",
        "/v1/dead-letters?status=LOST, 400",
        "/v1/dead-letters?limit=0, 400",
        "/v1/dead-letters?cursor=%00, 400",
        "/v1/dead-letters/019df20e-80d0-70f2-b90c-f28c1fb17c23, 404",
        "/v1/dead-letters/redrives/019df20e-80d0-70f2-b90c-f28c1fb17c23, 404",
        "/v1/dead-letters?openedAfter=soon, 400",
        "/v1/nothing, 404"
    })
    void bad_questions_get_a_problem_with_the_right_status(String path, int status) throws Exception {
        var answer = service.call("GET", path, READER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void a_dead_letter_is_listed_shown_and_replayed_once_by_the_first_who_saw_it() throws Exception {
        service.send("payments", "key", "payment.requested", "not json".getBytes());
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        await().until(() -> service.count("select count(*) from dead_letter") > 0);
        assertThat(service.call("GET", "/v1/dead-letters?status=OPEN", READER).body())
                .contains("\"payload\":\"not json\"");

        var id = service.id("select id from dead_letter limit 1");
        var path = "/v1/dead-letters/" + id;
        assertThat(service.call("GET", path, READER).headers().firstValue("ETag"))
                .contains("\"1\"");
        assertThat(service.call("POST", path + "/replay", WRITER).statusCode()).isEqualTo(428);
        assertThat(service.call("POST", path + "/replay", WRITER, "If-Match", "\"9\"")
                        .statusCode())
                .isEqualTo(412);
        var again = service.call("POST", path + "/replay", WRITER, "If-Match", "\"1\"");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        await("what is still unreadable comes back as another case")
                .until(() -> service.count("select count(*) from dead_letter where state = 'OPEN'") == 1);
    }
}
