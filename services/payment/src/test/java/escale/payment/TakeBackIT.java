package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.payment.refund.Refunding;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TakeBackIT {
    private static final String OPERATOR = PaymentService.token("emma", Role.OPS_READ, Role.OPS_WRITE);

    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @Test
    void a_charge_that_comes_after_its_cancellation_is_never_made() {
        var order = PaymentService.order();
        service.cancel(order);
        service.request(order);
        var later = paid(order.bookingId());
        assertThat(service.state(order.paymentId())).isEqualTo("ABSENT");
        assertThat(service.provider().calls("charge", order.paymentId())).isEmpty();
        assertThat(later.paymentId()).isNotEqualTo(order.paymentId());
    }

    @Test
    void a_cancellation_while_a_retry_waits_makes_no_further_call() {
        var order = PaymentService.order();
        service.provider().answer(order.paymentId(), payment -> new Charge.Unpaid("provider-500"));
        service.request(order);
        service.awaitState(order.paymentId(), State.WAITING);
        service.cancel(order);
        service.awaitState(order.paymentId(), State.CANCELLED);
        var calls = service.provider().calls("charge", order.paymentId()).size();
        assertTold(order, "payment.cancelled");
        awaitRetryRecordsRead(order);
        assertThat(service.provider().calls("charge", order.paymentId())).hasSize(calls);
    }

    @Test
    void money_that_was_taken_goes_back_once_however_often_it_is_asked_for() {
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        for (var i = 0; i < 5; i++) {
            service.cancel(order);
        }
        assertTold(order, "payment.refunded");
        assertThat(service.provider().givenBack(order.paymentId())).isEqualTo(order.amount());
        assertThat(refunds(order, "REFUNDED")).isEqualTo(1);
    }

    @Test
    void money_that_was_taken_without_an_answer_is_found_and_goes_back() {
        var order = PaymentService.order();
        service.provider().answer(order.paymentId(), service.provider()::payWithoutAnswer);
        service.request(order);
        service.awaitState(order.paymentId(), State.WAITING);
        service.cancel(order);
        assertTold(order, "payment.refunded");
        assertThat(service.provider().givenBack(order.paymentId())).isEqualTo(order.amount());
        assertThat(service.state(order.paymentId())).isEqualTo("PAID");
    }

    @Test
    void money_that_is_taken_while_the_cancellation_arrives_goes_back() {
        var order = PaymentService.order();
        service.provider().answer(order.paymentId(), payment -> {
            service.bean(TakeBackCharge.class)
                    .takeBack(
                            new TakeBackCharge.CancelOrder(order.bookingId(), 1, "booking-cancelled", order.trace()),
                            new Origin("payments", 0, 0));
            return service.provider().pay(payment);
        });
        service.request(order);
        assertTold(order, "payment.refunded");
        assertThat(service.provider().givenBack(order.paymentId())).isEqualTo(order.amount());
    }

    @Test
    void a_refund_that_is_open_is_repeated_under_its_key_and_given_once() {
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        service.provider().refunds(refund -> {
            var given = service.provider().giveBack(refund);
            return refund.attempt() == 1 ? new Refunding.Open("provider-timeout", Doubt.SAME_KEY, 1) : given;
        });
        service.cancel(order);
        assertTold(order, "payment.refunded");
        service.provider().refunds(service.provider()::giveBack);
        assertThat(service.provider().calls("refund", order.paymentId())).hasSize(2);
        assertThat(service.provider().givenBack(order.paymentId())).isEqualTo(order.amount());
    }

    @Test
    void a_refund_that_is_refused_becomes_a_case_that_an_operator_can_have_tried_again() throws Exception {
        var order = PaymentService.order();
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        service.provider().refunds(refund -> new Refunding.Refused("insufficient_balance"));
        service.cancel(order);
        assertTold(order, "payment.refund-failed");
        service.provider().refunds(service.provider()::giveBack);

        var letter = service.id("select id from dead_letter where booking_id = ?", order.bookingId());
        var answer = service.call("POST", "/v1/dead-letters/" + letter + "/replay", OPERATOR, "If-Match", "\"1\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertTold(order, "payment.refunded");
        assertThat(service.count("select count(*) from dead_letter where id = ? and state = 'SETTLED'", letter))
                .isEqualTo(1);
    }

    /** Another charge of the same booking, for its record is read after those before it. */
    private static Order paid(java.util.UUID bookingId) {
        var first = PaymentService.order();
        var next = new Order(
                first.paymentId(), bookingId, 2, "CHARGE", 100, "EUR", "pm_card_visa", "marie", first.trace());
        service.request(next);
        service.awaitState(next.paymentId(), State.PAID);
        return next;
    }

    /** A payment that fails at the same time and succeeds at its second attempt shows that the delay has passed. */
    private static void awaitRetryRecordsRead(Order cancelled) {
        var witness = PaymentService.order();
        var tries = new java.util.concurrent.atomic.AtomicInteger();
        service.provider()
                .answer(
                        witness.paymentId(),
                        payment -> tries.incrementAndGet() == 1
                                ? new Charge.Unpaid("provider-500")
                                : service.provider().pay(payment));
        service.request(witness);
        service.awaitState(witness.paymentId(), State.PAID);
        assertThat(witness.paymentId()).isNotEqualTo(cancelled.paymentId());
    }

    private static void assertTold(Order order, String type) {
        try (var events = Kafka.topics().probe("payment.events")) {
            var event = events.awaitMatching(
                    message -> message.key().equals(order.bookingId().toString())
                            && type.equals(message.headers().get("ce_type")));
            Contracts.assertValid(type, event.value());
        }
        await().until(() -> !service.state(order.paymentId()).equals("ATTEMPTING"));
    }

    private static int refunds(Order order, String state) {
        return service.count(
                "select count(*) from refund where payment_id = ? and state = ?", order.paymentId(), state);
    }
}
