package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import escale.http.identity.Role;
import escale.payment.refund.Refunding;
import escale.payment.sql.Claims;
import escale.testkit.Kafka;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What single dead letters go through in a redrive; each test has a cause of its own to find them by. */
class RedriveStoriesIT {
    private static final String PAUL = PaymentService.token("paul", Role.OPS_READ, Role.OPS_WRITE);
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @Test
    void killed_between_the_providers_success_and_our_own_write_it_is_charged_once_however_often_it_is_redriven()
            throws Exception {
        var order = PaymentService.order();
        var claimed = (Claim.Granted) service.bean(Claims.class).claim(Ticket.first(order));
        service.provider().charge(claimed.payment()); // and here its worker is killed
        service.update("update payment set lease_until = lease_until + interval '1 h' where id = ?", order.paymentId());
        forceToTheDeadLetters(order);
        assertThat(redrive("text", order.paymentId().toString()).path("outcomes"))
                .as("while the worker may still be at it nobody else touches it")
                .hasToString("{\"SKIPPED\":1}");

        service.update(
                "update payment set lease_until = clock_timestamp() - interval '1 s' where id = ?", order.paymentId());
        assertThat(redrive("text", order.paymentId().toString()).path("outcomes"))
                .hasToString("{\"PAID\":1}");
        service.update("update dead_letter set state = 'OPEN' where payment_id = ?", order.paymentId());
        assertThat(redrive("text", order.paymentId().toString()).path("outcomes"))
                .hasToString("{\"PAID\":1}");

        assertThat(service.provider().charges(order.paymentId())).isEqualTo(1);
        assertThat(service.count(
                        "select count(*) from dead_letter where payment_id = ? and state = 'SETTLED'",
                        order.paymentId()))
                .isEqualTo(1);
        try (var events = Kafka.topics().probe("payment.events")) {
            events.awaitMatching(
                    message -> message.key().equals(order.bookingId().toString())
                            && "payment.succeeded".equals(message.headers().get("ce_type")));
        }
        assertThat(service.count("select version from payment where id = ?", order.paymentId()))
                .as("told once")
                .isEqualTo(1);
    }

    @Test
    void what_was_paid_at_the_provider_all_the_same_is_settled_and_not_charged_and_the_preview_says_so()
            throws Exception {
        var payments = new FailedCharges(service, "paid all the same").make(10);
        payments.subList(0, 4).forEach(each -> service.provider().asks(each, new Charge.Paid("pi_" + each)));
        service.provider().asks(payments.get(4), new Charge.Unknown("provider-500", Doubt.ANSWERED));
        var preview = JSON.readTree(service.send(
                        "POST",
                        "/v1/dead-letters/redrives/preview",
                        "{\"cause\": \"paid all the same\"}",
                        "Authorization",
                        "Bearer " + PAUL)
                .body());
        assertThat(preview.path("letters").asInt()).isEqualTo(10);
        assertThat(preview.path("sums").toString())
                .isEqualTo("[{\"currency\":\"EUR\",\"letters\":9,\"amount\":81000},"
                        + "{\"currency\":\"CHF\",\"letters\":1,\"amount\":9000}]");
        assertThat(preview.path("causes").toString()).isEqualTo("[{\"cause\":\"paid all the same\",\"letters\":10}]");
        assertThat(preview.path("asked").toString())
                .isEqualTo("{\"charges\":10,\"all\":true,\"paid\":4,\"unpaid\":5,\"unknown\":1}");
        service.provider().asks(payments.get(4), new Charge.Unpaid("not-at-provider"));

        assertThat(redrive("cause", "paid all the same").path("outcomes")).hasToString("{\"PAID\":10}");

        assertThat(payments.subList(0, 4))
                .allSatisfy(each ->
                        assertThat(service.provider().calls("charge", each)).isEmpty());
        assertThat(payments.subList(4, 10))
                .allSatisfy(each -> assertThat(service.provider().charges(each)).isEqualTo(1));
    }

    @Test
    void of_many_charges_the_provider_is_asked_about_some() throws Exception {
        new FailedCharges(service, "many").make(120);
        var preview = JSON.readTree(service.send(
                        "POST",
                        "/v1/dead-letters/redrives/preview",
                        "{\"cause\": \"many\"}",
                        "Authorization",
                        "Bearer " + PAUL)
                .body());
        assertThat(preview.path("charges").asInt()).isEqualTo(120);
        assertThat(preview.path("asked").path("charges").asInt()).isEqualTo(50);
        assertThat(preview.path("asked").path("all").asBoolean()).isFalse();
    }

    @Test
    void a_decline_is_an_answer_and_stops_nothing() throws Exception {
        new FailedCharges(service, "no money")
                .make(12)
                .forEach(each -> service.provider()
                        .answer(each, payment -> new Charge.Declined("pi_1", "insufficient_funds", "No")));
        assertThat(redrive("cause", "no money").path("outcomes")).hasToString("{\"DECLINED\":12}");
    }

    @Test
    void refunds_are_tried_again_too_and_stop_it_like_charges() throws Exception {
        new FailedCharges(service, "refused").refuseRefunds(12);
        service.provider().refunds(refund -> new Refunding.Refused("insufficient_balance"));
        var stopped = redrive("cause", "refused");
        assertThat(stopped.path("why").asText()).isEqualTo("too-many-failed");
        assertThat(stopped.path("left").asInt()).isEqualTo(11);
        service.provider().refunds(service.provider()::giveBack);
        assertThat(redrive("cause", "refused").path("outcomes")).hasToString("{\"REFUNDED\":11}");
    }

    @Test
    void records_that_still_cannot_be_read_come_back_and_stop_it() throws Exception {
        for (var i = 0; i < 12; i++) {
            service.send("payments", "key-" + i, "payment.requested", "no json at all".getBytes());
        }
        await().until(() -> unreadable() == 12);
        var stopped = redrive("text", "no json at all");
        assertThat(stopped.path("why").asText()).isEqualTo("too-many-failed");
        assertThat(stopped.path("left").asInt()).isEqualTo(11);
        assertThat(unreadable()).isEqualTo(12);
    }

    @Test
    void a_record_that_can_be_read_by_now_is_put_back_and_stays_away() throws Exception {
        var order = PaymentService.order();
        service.update("""
                insert into dead_letter (id, record_key, original_topic, original_partition, original_offset, type, cause,
                    attempts, last_failure_at, payload, headers)
                values (uuidv7(), ?, 'payments', 0, 4711, 'payment.requested', 'a bug', 5, clock_timestamp(), ?, '')
                """, order.bookingId().toString(), PaymentService.requested(order));
        assertThat(redrive("cause", "a bug").path("outcomes")).hasToString("{\"PUT_BACK\":1}");
        service.awaitState(order.paymentId(), State.PAID);
    }

    private static int unreadable() {
        return service.count(
                "select count(*) from dead_letter where state = 'OPEN' and payload = 'no json at all'::bytea");
    }

    /** What a worker does with a record that fails again and again for a reason of its own. */
    private static void forceToTheDeadLetters(Order order) {
        service.send(
                "payments.dlt", order.bookingId().toString(), "payment.requested", PaymentService.requested(order));
        await().until(() -> service.count(
                        "select count(*) from dead_letter where payment_id = ? and state = 'OPEN'", order.paymentId())
                == 1);
    }

    /** Waits for the one before, for there is one at a time; and for what this one comes to. */
    private static JsonNode redrive(String field, String value) throws Exception {
        var key = UUID.randomUUID().toString();
        var answer = service.send(
                "POST",
                "/v1/dead-letters/redrives",
                "{\"" + field + "\": \"" + value + "\"}",
                "Authorization",
                "Bearer " + PAUL,
                "Idempotency-Key",
                key);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        var id = JSON.readTree(answer.body()).path("redriveId").asText();
        await("the end of the redrive")
                .until(() -> !get(id).path("state").asText().equals("RUNNING"));
        return get(id);
    }

    private static JsonNode get(String id) throws Exception {
        return JSON.readTree(
                service.call("GET", "/v1/dead-letters/redrives/" + id, PAUL).body());
    }
}
