package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.net.Webhook;
import escale.payment.refund.Refunding;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIT {
    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @Test
    void a_traveller_who_confirmed_has_paid() throws Exception {
        var order = waitingForTraveller();
        service.provider().pay(payment(order));
        assertThat(send(event("evt_" + UUID.randomUUID(), order.paymentId()), Instant.now())
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.state(order.paymentId())).isEqualTo("PAID");
    }

    @Test
    void the_same_message_twice_has_one_effect() throws Exception {
        var order = waitingForTraveller();
        service.provider().pay(payment(order));
        var message = event("evt_" + UUID.randomUUID(), order.paymentId());
        for (var i = 0; i < 3; i++) {
            assertThat(send(message, Instant.now()).statusCode()).isEqualTo(200);
        }
        assertThat(service.count(
                        "select count(*) from attempt where payment_id = ? and outcome = 'paid'", order.paymentId()))
                .isEqualTo(1);
    }

    @Test
    void a_message_that_the_provider_does_not_confirm_settles_nothing() throws Exception {
        var order = waitingForTraveller();
        service.provider().answer(order.paymentId(), payment -> new Charge.ActionRequired("pi_1", "http://bank"));
        service.provider().asks(order.paymentId(), new Charge.ActionRequired("pi_1", "http://bank"));
        assertThat(send(event("evt_" + UUID.randomUUID(), order.paymentId()), Instant.now())
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.state(order.paymentId())).isEqualTo("ACTION_REQUIRED");
    }

    @Test
    void a_provider_that_cannot_be_asked_is_to_send_it_again() throws Exception {
        var order = waitingForTraveller();
        service.provider().asks(order.paymentId(), new Charge.Unknown("provider-timeout", Doubt.SAME_KEY));
        var message = event("evt_" + UUID.randomUUID(), order.paymentId());
        assertThat(send(message, Instant.now()).statusCode()).isEqualTo(503);
        service.provider().asks(order.paymentId(), new Charge.Paid("pi_1"));
        assertThat(send(message, Instant.now()).statusCode()).isEqualTo(200);
        assertThat(service.state(order.paymentId())).isEqualTo("PAID");
    }

    @Test
    void a_message_that_overtakes_its_order_is_to_be_sent_again_and_not_remembered() throws Exception {
        var order = PaymentService.order();
        var message = event("evt_" + UUID.randomUUID(), order.paymentId());
        assertThat(send(message, Instant.now()).statusCode()).isEqualTo(503);
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        assertThat(send(message, Instant.now()).statusCode()).isEqualTo(200);
    }

    @Test
    void a_message_whose_answer_came_too_late_for_somebody_else_was_at_the_payment_is_to_be_sent_again()
            throws Exception {
        var order = waitingForTraveller();
        service.provider().asks(order.paymentId(), () -> {
            service.update("update payment set fence = fence + 1 where id = ?", order.paymentId());
            return new Charge.Paid("pi_1");
        });
        var message = event("evt_" + UUID.randomUUID(), order.paymentId());
        assertThat(send(message, Instant.now()).statusCode()).isEqualTo(503);
        assertThat(service.state(order.paymentId())).isEqualTo("ACTION_REQUIRED");
        service.provider().asks(order.paymentId(), new Charge.Paid("pi_1"));
        assertThat(send(message, Instant.now()).statusCode()).isEqualTo(200);
        assertThat(service.state(order.paymentId())).isEqualTo("PAID");
    }

    @Test
    void each_of_many_messages_at_once_has_its_own_answer() throws Exception {
        var paid = new ArrayList<Order>();
        for (var i = 0; i < 5; i++) {
            var order = waitingForTraveller();
            service.provider().pay(payment(order));
            paid.add(order);
        }
        var orders = new ArrayList<>(paid);
        Stream.generate(PaymentService::order).limit(45).forEach(orders::add);
        Collections.shuffle(orders);
        var answers = new HashMap<Order, Future<HttpResponse<String>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var order : orders) {
                var message = event("evt_" + UUID.randomUUID(), order.paymentId());
                answers.put(order, threads.submit(() -> send(message, Instant.now())));
            }
        }
        for (var order : orders) {
            assertThat(answers.get(order).get().statusCode()).isEqualTo(paid.contains(order) ? 200 : 503);
        }
        assertThat(paid).allMatch(order -> service.state(order.paymentId()).equals("PAID"));
    }

    @Test
    void a_message_of_another_version_of_the_api_is_understood() throws Exception {
        var order = waitingForTraveller();
        service.provider().pay(payment(order));
        var message = event("evt_" + UUID.randomUUID(), order.paymentId()).replace("2026-01-01", "2019-05-16");
        assertThat(send(message, Instant.now()).statusCode()).isEqualTo(200);
        assertThat(service.state(order.paymentId())).isEqualTo("PAID");
    }

    @Test
    void old_messages_and_those_from_the_future_are_refused() throws Exception {
        var message = event("evt_" + UUID.randomUUID(), UUID.randomUUID());
        assertThat(send(message, Instant.now().minusSeconds(600)).statusCode()).isEqualTo(400);
        assertThat(send(message, Instant.now().plusSeconds(600)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=",
                "t=abc,v1=00",
                "v1=00",
                "t=1",
                "t=99999999999999999999,v1=00",
                ",,,",
                "t=1,v1=zz",
                "\u00e9"
            })
    void a_malformed_signature_is_refused_and_nothing_else(String signature) throws Exception {
        var message = event("evt_1", UUID.randomUUID());
        var answer = service.post("/v1/webhooks/stripe", message.getBytes(), "Stripe-Signature", signature);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "1",
                "not json",
                "{\"type\":\"payment_intent.succeeded\"}",
                "{\"id\":\"evt_1\"}",
                "{\"id\":1,\"type\":2,\"data\":3,\"object\":\"event\"}"
            })
    void a_body_that_is_no_event_is_refused_though_its_signature_fits(String body) throws Exception {
        assertThat(send(body, Instant.now()).statusCode()).isEqualTo(400);
        assertThat(service.count("select count(*) from webhook_event where id in ('evt_1', '1')"))
                .isZero();
    }

    @Test
    void a_forged_message_is_refused() throws Exception {
        var message = event("evt_" + UUID.randomUUID(), UUID.randomUUID());
        var signature = signature(message, Instant.now());
        var answer = service.post(
                "/v1/webhooks/stripe", message.replace("evt_", "evt-").getBytes(), "Stripe-Signature", signature);
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void a_refund_that_the_bank_returns_becomes_a_case() throws Exception {
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        service.cancel(order);
        var given = "select id from refund where payment_id = ? and state = 'REFUNDED'";
        await().until(() -> service.count("select count(*) from (" + given + ")", order.paymentId()) == 1);
        var refund = service.id(given, order.paymentId());
        service.provider().refunds(asked -> new Refunding.Refused("expired_or_canceled_card"));
        var message = event("evt_" + UUID.randomUUID(), order.paymentId())
                .replace("payment_intent.succeeded", "refund.failed")
                .replace("\"payment_intent\"", "\"refund\"")
                .replace("paymentId", "refundId")
                .replace(order.paymentId().toString(), refund.toString());
        for (var i = 0; i < 2; i++) {
            assertThat(send(message, Instant.now()).statusCode()).isEqualTo(200);
        }
        service.provider().refunds(service.provider()::giveBack);
        assertThat(service.count(
                        "select count(*) from dead_letter where refund_id = ? and state = 'OPEN' and cause = 'expired_or_canceled_card'",
                        refund))
                .isEqualTo(1);
    }

    private static Order waitingForTraveller() {
        var order = PaymentService.order();
        service.provider().answer(order.paymentId(), payment -> new Charge.ActionRequired("pi_1", "http://bank"));
        service.request(order);
        service.awaitState(order.paymentId(), State.ACTION_REQUIRED);
        return order;
    }

    private static Payment payment(Order order) {
        return new Payment(
                order, 1, 1, 1, Doubt.NONE, Instant.now(), null, "pi_1", 1, 0, null, Instant.now(), Instant.now());
    }

    private static String event(String id, UUID paymentId) {
        return """
                {"id": "%s", "object": "event", "type": "payment_intent.succeeded", "api_version": "2026-01-01",
                 "created": 1, "data": {"object": {"id": "pi_1", "object": "payment_intent",
                 "metadata": {"paymentId": "%s"}}}}""".formatted(id, paymentId);
    }

    private static HttpResponse<String> send(String message, Instant at) throws Exception {
        return service.post("/v1/webhooks/stripe", message.getBytes(), "Stripe-Signature", signature(message, at));
    }

    private static String signature(String message, Instant at) throws Exception {
        var time = at.getEpochSecond();
        var hmac = Webhook.Util.computeHmacSha256(PaymentService.WEBHOOK_SECRET, time + "." + message);
        return "t=" + time + ",v1=" + hmac;
    }
}
