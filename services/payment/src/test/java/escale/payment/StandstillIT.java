package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import escale.messaging.Handler.Handling;
import escale.payment.refund.Refund;
import escale.payment.refund.RefundMoney;
import escale.payment.refund.Refunds;
import escale.payment.sql.Claims;
import escale.payment.sql.NewKeys;
import escale.payment.sql.Results;
import escale.runtime.Ids;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A worker that stands still between its claim and its call: as stopped by a signal, or with its machine put to sleep. */
class StandstillIT {
    private static final Origin ORIGIN = new Origin("payments", 0, 0);

    @AutoClose
    private static final PaymentService service = PaymentService.start().atRest();

    @Test
    void a_worker_that_stood_still_after_its_claim_leaves_the_charge_to_the_next() {
        var order = PaymentService.order();
        assertThat(attempt(order, 0, 11)).isInstanceOf(Handling.NotNow.class);
        assertThat(charges(order)).isEmpty();
        loseLease(order);
        assertThat(attempt(order, 0, 1)).isEqualTo(Handling.DONE);
        assertThat(charges(order)).hasSize(1);
        assertThat(service.state(order.paymentId())).isEqualTo("PAID");
    }

    @Test
    void a_worker_that_stood_still_after_its_proof_charges_nothing_under_the_new_key() {
        var order = PaymentService.order();
        service.provider().answer(order.paymentId(), payment -> new Charge.Unknown("provider-500", Doubt.ANSWERED));
        attempt(order, 0, 1);
        service.provider().answer(order.paymentId(), service.provider()::pay);
        service.update("update payment set next_attempt_at = clock_timestamp() where id = ?", order.paymentId());
        var second = new Ticket(order.paymentId(), 1, 1, 2, null);
        assertThat(attempt(second, 0, 0, 11)).isInstanceOf(Handling.NotNow.class);
        assertThat(charges(order)).hasSize(1);
        loseLease(order);
        assertThat(attempt(second, 0, 1)).isEqualTo(Handling.DONE);
        assertThat(charges(order))
                .extracting(ScriptedProvider.Call::key)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(service.provider().charges(order.paymentId())).isEqualTo(1);
    }

    @Test
    void a_worker_that_stood_still_after_its_claim_leaves_the_refund_to_the_next() {
        var order = PaymentService.order();
        attempt(order, 0, 1);
        service.update(
                "insert into refund (id, payment_id, amount, reason, state) values (?, ?, 9000, 'cancelled', 'WAITING')",
                Ids.next(),
                order.paymentId());
        var asked = new ArrayList<Refund>();
        service.provider().refunds(refund -> {
            asked.add(refund);
            return service.provider().giveBack(refund);
        });
        giveBack(0, 11, 12);
        assertThat(asked).isEmpty();
        service.update("update refund set next_attempt_at = clock_timestamp()");
        giveBack(0, 1, 2);
        assertThat(asked).extracting(Refund::doubt, Refund::attempt).containsExactly(tuple(Doubt.SAME_KEY, 2));
        assertThat(service.count("select count(*) from refund where state = 'REFUNDED'"))
                .isEqualTo(1);
    }

    private static Handling attempt(Order order, int... seconds) {
        return attempt(Ticket.first(order), seconds);
    }

    /** @param seconds when each look at the clock happens */
    private static Handling attempt(Ticket ticket, int... seconds) {
        var charging = new ChargePayment(
                service.bean(Claims.class),
                service.bean(NewKeys.class),
                service.bean(Results.class),
                service.provider(),
                service.bean(Judgement.class),
                window(seconds));
        try (var call = breaker().begin()) {
            return charging.attempt(ticket, ORIGIN, call);
        }
    }

    private static void giveBack(int... seconds) {
        new RefundMoney(service.bean(Refunds.class), service.provider(), breaker(), window(seconds)).round();
    }

    private static ProviderBreaker breaker() {
        var settings = new BreakerSettings(10, 20, 50, Duration.ofSeconds(1), Duration.ofSeconds(1), 5);
        return new ProviderBreaker(settings, new SimpleMeterRegistry());
    }

    private static CallWindow window(int... seconds) {
        var looks = IntStream.of(seconds)
                .mapToLong(at -> Duration.ofSeconds(at).toNanos())
                .iterator();
        return new CallWindow(looks::nextLong, InstantSource.fixed(Instant.EPOCH));
    }

    private static List<ScriptedProvider.Call> charges(Order order) {
        return service.provider().calls("charge", order.paymentId());
    }

    private static void loseLease(Order order) {
        service.update(
                "update payment set lease_until = clock_timestamp() - interval '1 s' where id = ?", order.paymentId());
    }
}
