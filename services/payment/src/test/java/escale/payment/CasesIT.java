package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.payment.refund.Refunding;
import escale.payment.sql.Results;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CasesIT {
    private static final String PAUL = PaymentService.token("paul", Role.OPS_READ, Role.OPS_WRITE);
    private static final String EMMA = PaymentService.token("emma", Role.OPS_READ, Role.OPS_WRITE);

    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @Test
    void of_two_operators_the_second_is_told_that_somebody_was_first() throws Exception {
        var letter = deadLetter(PaymentService.order());
        assertThat(act(PAUL, letter, "discard", 1, "{\"reason\": \"paid in cash\"}")
                        .statusCode())
                .isEqualTo(200);
        var second = act(EMMA, letter, "mark-paid", 1, "{\"evidence\": \"bank statement\"}");
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body())
                .contains("\"lastActor\":\"paul\"", "\"lastAction\":\"discard\"", "\"currentVersion\":2");
        assertThat(service.call("GET", "/v1/dead-letters/" + letter + "/history", EMMA)
                        .body())
                .contains("paul", "discard", "paid in cash")
                .doesNotContain("mark-paid");
    }

    @Test
    void what_was_paid_outside_confirms_the_booking_and_keeps_the_evidence() throws Exception {
        var order = PaymentService.order();
        var letter = deadLetter(order);
        assertThat(act(PAUL, letter, "mark-paid", 1, "{\"evidence\": \"transfer 4711\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.state(order.paymentId())).isEqualTo("PAID");
        assertThat(service.count(
                        "select count(*) from payment where id = ? and outside_evidence = 'transfer 4711'",
                        order.paymentId()))
                .isEqualTo(1);
        try (var events = Kafka.topics().probe("payment.events")) {
            var told = events.awaitMatching(
                    message -> message.key().equals(order.bookingId().toString())
                            && "payment.succeeded".equals(message.headers().get("ce_type")));
            Contracts.assertValid("payment.succeeded", told.value());
        }
    }

    @Test
    void a_charge_nobody_knows_the_outcome_of_cannot_be_marked_as_paid() throws Exception {
        var order = PaymentService.order();
        var letter = deadLetter(order);
        service.update("update payment set state = 'UNPROVEN' where id = ?", order.paymentId());
        var answer = act(PAUL, letter, "mark-paid", 1, "{\"evidence\": \"he said so\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("not-proven-unpaid");
        assertThat(service.state(order.paymentId())).isEqualTo("UNPROVEN");
        service.update("update payment set state = 'FAILED' where id = ?", order.paymentId());
    }

    @Test
    void another_card_can_be_charged_instead() throws Exception {
        var order = PaymentService.order();
        var letter = deadLetter(order);
        assertThat(act(
                                PAUL,
                                letter,
                                "replay",
                                1,
                                "{\"paymentMethod\": \"pm_card_mastercard\", \"note\": \"as agreed\"}")
                        .statusCode())
                .isEqualTo(202);
        service.awaitState(order.paymentId(), State.PAID);
        assertThat(service.count(
                        "select count(*) from payment where id = ? and method = 'pm_card_mastercard'",
                        order.paymentId()))
                .isEqualTo(1);
        await().until(() -> state(letter).equals("SETTLED"));
        assertThat(service.call("GET", "/v1/dead-letters/" + letter + "/history", PAUL)
                        .body())
                .contains("with pm_card_mastercard: as agreed");
    }

    @Test
    void a_charge_that_was_proven_unpaid_can_be_cancelled_and_is_not_tried_again() throws Exception {
        var order = PaymentService.order();
        var letter = deadLetter(order);
        assertThat(act(PAUL, letter, "cancel", 1, "{\"reason\": \"the traveller does not come\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.state(order.paymentId())).isEqualTo("CANCELLED");
        assertThat(state(letter)).isEqualTo("SETTLED");
        try (var events = Kafka.topics().probe("payment.events")) {
            var told = events.awaitMatching(
                    message -> message.key().equals(order.bookingId().toString())
                            && "payment.cancelled".equals(message.headers().get("ce_type")));
            Contracts.assertValid("payment.cancelled", told.value());
        }
        assertThat(act(PAUL, letter, "replay", 2, "{}").body()).contains("already-settled");
        assertThat(act(PAUL, letter, "cancel", 2, "{\"reason\": \"twice\"}").body())
                .contains("not-open");
    }

    @Test
    void a_charge_nobody_knows_the_outcome_of_is_cancelled_by_its_booking_only() throws Exception {
        var order = PaymentService.order();
        var letter = deadLetter(order);
        service.update("update payment set state = 'UNPROVEN' where id = ?", order.paymentId());
        var answer = act(PAUL, letter, "cancel", 1, "{\"reason\": \"to be safe\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("not-proven-unpaid");
        assertThat(service.state(order.paymentId())).isEqualTo("UNPROVEN");
        service.update("update payment set state = 'FAILED' where id = ?", order.paymentId());
    }

    @Test
    void a_refund_that_the_provider_refuses_can_go_back_another_way() throws Exception {
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        service.provider().refunds(refund -> new Refunding.Refused("expired_or_canceled_card"));
        service.cancel(order);
        await().until(() ->
                service.count("select count(*) from dead_letter where booking_id = ?", order.bookingId()) == 1);
        service.provider().refunds(service.provider()::giveBack);
        var letter = service.id("select id from dead_letter where booking_id = ?", order.bookingId());
        assertThat(act(PAUL, letter, "replay", 1, "{\"paymentMethod\": \"pm_card_visa\"}")
                        .body())
                .contains("not-a-charge");
        assertThat(act(PAUL, letter, "mark-refunded", 1, "{\"evidence\": \"transfer 4711\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(state(letter)).isEqualTo("SETTLED");
        assertThat(service.provider().givenBack(order.paymentId())).isZero();
        try (var events = Kafka.topics().probe("payment.events")) {
            var told = events.awaitMatching(
                    message -> message.key().equals(order.bookingId().toString())
                            && "payment.refunded".equals(message.headers().get("ce_type")));
            Contracts.assertValid("payment.refunded", told.value());
        }
        assertThat(act(PAUL, letter, "mark-refunded", 2, "{\"evidence\": \"twice\"}")
                        .body())
                .contains("refund-not-refused");
        assertThat(act(PAUL, deadLetter(PaymentService.order()), "mark-refunded", 1, "{\"evidence\": \"none\"}")
                        .body())
                .contains("not-a-refund");
    }

    @Test
    void what_waits_is_found_by_any_word_of_its_record_and_by_its_age() throws Exception {
        var order = PaymentService.order();
        var letter = deadLetter(order).toString();
        var word = order.paymentId().toString().toUpperCase(Locale.ROOT);
        assertThat(list("text=" + word)).contains(letter);
        assertThat(list("text=" + word + "x")).doesNotContain(letter);
        assertThat(list("text=" + word + "&openedAfter=2020-01-01T00:00:00Z")).contains(letter);
        assertThat(list("text=" + word + "&openedBefore=2020-01-01T00:00:00Z")).doesNotContain(letter);
    }

    @Test
    void a_case_has_an_owner_and_notes_and_is_found_by_them() throws Exception {
        var letter = deadLetter(PaymentService.order());
        assertThat(put(PAUL, letter, 1, "{\"owner\": \"emma\"}").statusCode()).isEqualTo(200);
        assertThat(act(EMMA, letter, "notes", 2, "{\"note\": \"called the bank\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.call("GET", "/v1/dead-letters?owner=emma", PAUL).body())
                .contains(letter.toString());
        assertThat(service.call("GET", "/v1/dead-letters?owner=nobody", PAUL).body())
                .doesNotContain(letter.toString());
        assertThat(service.call("GET", "/v1/dead-letters/" + letter + "/history", PAUL)
                        .body())
                .contains("assign", "called the bank");
    }

    @Test
    void cases_are_counted_by_cause() throws Exception {
        var letters = IntStream.range(0, 3)
                .mapToObj(i -> deadLetter(PaymentService.order()))
                .toList();
        assertThat(letters).hasSize(3);
        assertThat(service.call("GET", "/v1/dead-letters/groups", PAUL).body())
                .contains("\"cause\":\"provider-500\"")
                .contains("\"currency\":\"EUR\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discard | {}",
                "cancel | {\"reason\": \" \"}",
                "mark-refunded | {}",
                "discard | {\"reason\": \"\"}",
                "discard | not json",
                "mark-paid | {\"evidence\": 1}",
                "notes | {\"note\": \"\\u0000\"}",
                "replay | {\"paymentMethod\": \"4242424242424242\"}"
            })
    void bad_input_is_refused_and_changes_nothing(String act, String body) throws Exception {
        var letter = deadLetter(PaymentService.order());
        assertThat(act(PAUL, letter, act, 1, body).statusCode()).isEqualTo(400);
        assertThat(service.count("select version from dead_letter where id = ?", letter))
                .isEqualTo(1);
    }

    /** The end of a ladder, without climbing it. */
    private static UUID deadLetter(Order order) {
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        service.update(
                "update payment set state = 'WAITING', attempt = 5, key_no = 2, doubt = 'NONE', provider_id = null, "
                        + "next_attempt_at = clock_timestamp() where id = ?",
                order.paymentId());
        service.provider().forget(order.paymentId());
        var claims = service.bean(escale.payment.sql.Claims.class);
        var claimed = (Claim.Granted) claims.claim(new Ticket(order.paymentId(), 1, 1, 6, null));
        service.bean(Results.class)
                .record(service.bean(Judgement.class)
                        .ofTheEnd(
                                claimed.payment(),
                                new Charge.Unpaid("provider-500"),
                                new Origin("payments.retry.16s", 0, 1)));
        await().until(() ->
                service.count("select count(*) from dead_letter where payment_id = ?", order.paymentId()) == 1);
        return service.id("select id from dead_letter where payment_id = ?", order.paymentId());
    }

    private static String state(UUID letter) {
        return service.count("select (state = 'SETTLED')::int from dead_letter where id = ?", letter) == 1
                ? "SETTLED"
                : "";
    }

    private static String list(String query) throws Exception {
        return service.call("GET", "/v1/dead-letters?" + query, PAUL).body();
    }

    private static HttpResponse<String> act(String operator, UUID letter, String act, int seen, String body)
            throws Exception {
        return service.send(
                "POST",
                "/v1/dead-letters/" + letter + "/" + act,
                body,
                "Authorization",
                "Bearer " + operator,
                "If-Match",
                "\"" + seen + "\"");
    }

    private static HttpResponse<String> put(String operator, UUID letter, int seen, String body) throws Exception {
        return service.send(
                "PUT",
                "/v1/dead-letters/" + letter + "/owner",
                body,
                "Authorization",
                "Bearer " + operator,
                "If-Match",
                "\"" + seen + "\"");
    }
}
