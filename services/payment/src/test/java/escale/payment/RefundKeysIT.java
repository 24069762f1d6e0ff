package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.payment.refund.Refund;
import escale.payment.refund.Refunding;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Under which key money is given back, and what is known of it when a worker is lost. */
class RefundKeysIT {
    @AutoClose
    private static final PaymentService service = PaymentService.start();

    private final List<Refund> asked = new CopyOnWriteArrayList<>();

    @Test
    void a_refund_whose_worker_was_lost_is_in_doubt_and_keeps_its_key() {
        var order = paid();
        service.provider().refunds(refund -> {
            asked.add(refund);
            if (asked.size() == 1) {
                throw new IllegalStateException("the worker is lost");
            }
            return service.provider().giveBack(refund);
        });
        service.cancel(order);
        await().until(() -> asked.size() == 1);
        service.update("update refund set next_attempt_at = clock_timestamp() where payment_id = ?", order.paymentId());
        await().until(() -> isGivenBack(order));
        assertThat(asked).extracting(Refund::doubt).containsExactly(Doubt.NONE, Doubt.SAME_KEY);
        assertThat(asked).extracting(Refund::keyNo).containsExactly(1, 1);
        assertThat(asked.getLast().lastRequest()).isNotNull();
    }

    @Test
    void the_next_key_is_in_the_ledger_before_anything_is_given_back_under_it() {
        var order = paid();
        service.provider().refunds(refund -> {
            asked.add(refund);
            return switch (asked.size()) {
                case 1 -> new Refunding.Open("provider-500", Doubt.ANSWERED, 1);
                case 2 -> new Refunding.Open("not-at-provider", Doubt.NONE, 2);
                default -> {
                    assertThat(service.count("""
                            select count(*) from refund
                            where payment_id = ? and key_no = 2 and doubt = 'SAME_KEY' and key_since is not null
                            """, order.paymentId())).isEqualTo(1);
                    yield service.provider().giveBack(refund);
                }
            };
        });
        service.cancel(order);
        await().until(() -> isGivenBack(order));
        assertThat(asked).extracting(Refund::lookFirst).containsExactly(false, true, false);
        assertThat(asked).extracting(Refund::doubt).containsExactly(Doubt.NONE, Doubt.ANSWERED, Doubt.NONE);
        assertThat(asked).extracting(Refund::keyNo).containsExactly(1, 1, 2);
    }

    @Test
    void a_key_that_the_provider_may_have_forgotten_is_not_used_again() {
        var order = paid();
        service.provider().refunds(refund -> {
            asked.add(refund);
            if (asked.size() == 1) {
                service.update("""
                        update refund
                        set key_since = clock_timestamp() - interval '23 h 1 min',
                            key_until = clock_timestamp() - interval '1 h'
                        where payment_id = ?
                        """, order.paymentId());
                return new Refunding.Open("provider-timeout", Doubt.SAME_KEY, 1);
            }
            return service.provider().giveBack(refund);
        });
        service.cancel(order);
        await().until(() -> isGivenBack(order));
        var old = asked.getLast();
        assertThat(old.lookFirst()).isTrue();
        assertThat(old.lastRequest())
                .as("a look is no request")
                .isBefore(old.payment().createdAt());
    }

    @Test
    void a_refund_is_claimed_right_before_its_call_and_not_while_others_are_under_way() {
        var orders = List.of(paid(), paid(), paid());
        var claimed = new CopyOnWriteArrayList<Integer>();
        service.provider().refunds(refund -> {
            await().until(() ->
                    service.count("select count(*) from refund where state = 'WAITING'") + asked.size() == 3);
            asked.add(refund);
            claimed.add(service.count(
                    "select count(*) from refund where state = 'WAITING' and next_attempt_at > clock_timestamp()"));
            return service.provider().giveBack(refund);
        });
        orders.forEach(service::cancel);
        orders.forEach(order -> await().until(() -> isGivenBack(order)));
        assertThat(claimed).containsExactly(1, 1, 1);
    }

    private static Order paid() {
        var order = PaymentService.order();
        service.provider().refunds(service.provider()::giveBack);
        service.request(order);
        service.awaitState(order.paymentId(), State.PAID);
        return order;
    }

    private static boolean isGivenBack(Order order) {
        return service.count(
                        "select count(*) from refund where payment_id = ? and state = 'REFUNDED'", order.paymentId())
                == 1;
    }
}
