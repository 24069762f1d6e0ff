package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.payment.cases.Acted;
import escale.payment.cases.Deed;
import escale.payment.cases.ReplayDeadLetter;
import escale.runtime.Trace;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LadderIT {
    @AutoClose
    private static final PaymentService service = PaymentService.start();

    @Test
    void six_failures_take_the_whole_ladder_then_a_person_replays_and_it_is_charged_once() {
        var order = PaymentService.order();
        var provider = service.provider();
        provider.answer(order.paymentId(), payment -> new Charge.Unknown("provider-500", Doubt.ANSWERED));
        service.request(order);
        await().atMost(Duration.ofMinutes(4)) // of which the ladder takes half a minute
                .until(() -> service.state(order.paymentId()).equals("FAILED"));

        var calls = provider.calls("charge", order.paymentId());
        assertThat(calls).hasSize(6);
        long[] atLeast = {1, 2, 4, 8, 16};
        for (var i = 0; i < atLeast.length; i++) {
            assertThat(Duration.ofNanos(calls.get(i + 1).nanos() - calls.get(i).nanos()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(atLeast[i]));
        }
        try (var events = Kafka.topics().probe("payment.events")) {
            var exhausted = events.awaitMatching(
                    message -> message.key().equals(order.bookingId().toString())
                            && "payment.exhausted".equals(message.headers().get("ce_type")));
            Contracts.assertValid("payment.exhausted", exhausted.value());
            assertThat(new String(exhausted.value())).contains("\"proof\":\"UNPAID\"");
        }

        await().until(() ->
                service.count("select count(*) from dead_letter where payment_id = ?", order.paymentId()) == 1);
        provider.answer(order.paymentId(), provider::pay);
        var letter = service.id("select id from dead_letter where payment_id = ?", order.paymentId());
        var replay = service.bean(ReplayDeadLetter.class);
        assertThat(replay.replay(letter, 1, null, deed("paul"))).isInstanceOf(Acted.Done.class);
        assertThat(replay.replay(letter, 1, null, deed("emma"))).isInstanceOf(Acted.Stale.class);
        service.awaitState(order.paymentId(), State.PAID);
        assertThat(provider.calls("ask", order.paymentId())).isNotEmpty();
        assertThat(provider.charges(order.paymentId())).isEqualTo(1);
    }

    private static Deed deed(String operator) {
        return new Deed(operator, "replay", "", new Trace("", ""));
    }
}
