package escale.payment;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.testkit.Contracts;
import escale.testkit.Kafka;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChargeFlowIT {
    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @BeforeAll
    static void answer() {
        service.provider().alive(true); // and so none of its failures below keeps the breaker open
    }

    @Test
    void an_order_is_charged_and_told_as_the_contract_says() {
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        try (var events = Kafka.topics().probe("payment.events")) {
            var event = events.awaitMatching(
                    message -> message.key().equals(order.bookingId().toString()));
            assertThat(event.headers()).containsEntry("ce_type", "payment.succeeded");
            assertThat(event.headers()).containsEntry("x-request-id", "request-1");
            Contracts.assertValid("payment.succeeded", event.value());
        }
    }

    @Test
    void the_same_order_delivered_many_times_is_charged_once() {
        var order = PaymentService.order();
        for (var i = 0; i < 20; i++) {
            service.request(order);
        }
        service.awaitState(order.paymentId(), State.PAID);
        assertThat(service.provider().charges(order.paymentId())).isEqualTo(1);
        assertThat(service.provider().calls("charge", order.paymentId())).hasSize(1);
    }

    @Test
    void a_charge_whose_answer_is_lost_is_repeated_under_its_key_and_taken_once() {
        var order = PaymentService.order();
        var provider = service.provider();
        var first = new AtomicBoolean(true);
        provider.answer(
                order.paymentId(),
                payment -> first.getAndSet(false) ? provider.payWithoutAnswer(payment) : provider.pay(payment));
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        assertThat(provider.charges(order.paymentId())).isEqualTo(1);
        assertThat(provider.calls("charge", order.paymentId()).stream()
                        .map(ScriptedProvider.Call::key)
                        .collect(toSet()))
                .hasSize(1);
    }

    @Test
    void a_question_that_is_not_answered_is_no_attempt() {
        var order = PaymentService.order();
        var provider = service.provider();
        provider.asks(order.paymentId(), new Charge.Unknown("provider-500", Doubt.ANSWERED));
        provider.answer(order.paymentId(), payment -> new Charge.Unknown("provider-500", Doubt.ANSWERED));
        service.request(order);
        await().until(() -> provider.calls("ask", order.paymentId()).size() >= 3);

        provider.answer(order.paymentId(), provider::pay);
        provider.asks(order.paymentId(), new Charge.Unpaid("not-at-provider"));
        service.awaitState(order.paymentId(), State.PAID);
        assertThat(service.count("select attempt from payment where id = ?", order.paymentId()))
                .isEqualTo(2);
        assertThat(service.count("select count(*) from attempt where payment_id = ?", order.paymentId()))
                .isEqualTo(2);
        assertThat(provider.calls("charge", order.paymentId())).hasSize(2);
    }

    @Test
    void a_question_that_nobody_answers_for_half_an_hour_comes_before_people() {
        var order = PaymentService.order();
        var provider = service.provider();
        provider.asks(order.paymentId(), new Charge.Unknown("provider-404", Doubt.ANSWERED));
        provider.answer(order.paymentId(), payment -> new Charge.Unknown("provider-500", Doubt.ANSWERED));
        service.request(order);
        await().until(() -> !provider.calls("ask", order.paymentId()).isEmpty());
        service.update("update payment set key_since = key_since - interval '1 hour' where id = ?", order.paymentId());
        await().atMost(Duration.ofMinutes(4)) // of which the ladder takes half a minute
                .until(() -> service.state(order.paymentId()).equals("UNPROVEN"));
        assertThat(provider.calls("charge", order.paymentId())).hasSize(1);
    }

    @Test
    void a_decline_is_final() {
        var order = PaymentService.order();
        service.provider()
                .answer(order.paymentId(), payment -> new Charge.Declined("pi_1", "insufficient_funds", "No"));
        service.request(order);
        service.awaitState(order.paymentId(), State.DECLINED);
        assertThat(service.provider().calls("charge", order.paymentId())).hasSize(1);
    }

    @Test
    void what_cannot_be_read_becomes_a_case_and_holds_nothing_up() {
        var order = PaymentService.order();
        service.send("payments", order.bookingId().toString(), "payment.requested", "not json".getBytes());
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        await().until(() -> service.count(
                        "select count(*) from dead_letter where payment_id is null and payload = 'not json'::bytea")
                == 1);
    }

    @Test
    void an_outage_spends_no_attempt_and_leaves_no_dead_letter() {
        var provider = service.provider();
        var orders = Stream.generate(PaymentService::order).limit(60).toList();
        provider.always(payment -> new Charge.NotAttempted("provider-unreachable", Duration.ofMillis(200)));
        orders.forEach(service::request);
        await().until(() -> !service.bean(ProviderBreaker.class).closed());
        await().until(() -> service.count("select count(*) from outage where closed_at is null") == 1);
        provider.always(provider::pay);
        for (var order : orders) {
            service.awaitState(order.paymentId(), State.PAID);
        }
        assertThat(service.count(
                        "select count(*) from attempt where outcome <> 'paid' and payment_id = any (?::uuid[])",
                        ids(orders)))
                .isZero();
        await().until(() -> service.count("select count(*) from outage where closed_at is null") == 0);
        assertThat(service.count("select count(*) from outage")).isEqualTo(1);
    }

    private static Object ids(List<Order> orders) {
        return orders.stream().map(Order::paymentId).toArray(UUID[]::new);
    }
}
