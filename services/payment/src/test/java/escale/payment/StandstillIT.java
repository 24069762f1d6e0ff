package escale.payment;

import static org.assertj.core.api.Assertions.assertThat;

import escale.messaging.DueConsumer;
import escale.messaging.Handler.Handling;
import escale.payment.sql.Claims;
import escale.payment.sql.NewKeys;
import escale.payment.sql.Results;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A worker that stands still between its claim and its call: as stopped by a signal, or with its machine put to sleep. */
class StandstillIT {
    private static final Origin ORIGIN = new Origin("payments", 0, 0);
    private static PaymentService service;

    @BeforeAll
    static void start() throws InterruptedException {
        service = PaymentService.start();
        for (var worker : service.beans(DueConsumer.class)) {
            worker.stop();
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

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

    private static Handling attempt(Order order, int... seconds) {
        return attempt(Ticket.first(order), seconds);
    }

    /** @param seconds when each look at the clock happens */
    private static Handling attempt(Ticket ticket, int... seconds) {
        var looks = IntStream.of(seconds)
                .mapToLong(at -> Duration.ofSeconds(at).toNanos())
                .iterator();
        var charging = new ChargePayment(
                service.bean(Claims.class),
                service.bean(NewKeys.class),
                service.bean(Results.class),
                service.provider(),
                service.bean(Judgement.class),
                looks::nextLong);
        var settings = new BreakerSettings(10, 20, 50, Duration.ofSeconds(1), Duration.ofSeconds(1), 5);
        try (var call = new ProviderBreaker(settings, new SimpleMeterRegistry()).begin()) {
            return charging.attempt(ticket, ORIGIN, call);
        }
    }

    private static List<ScriptedProvider.Call> charges(Order order) {
        return service.provider().calls("charge", order.paymentId());
    }

    private static void loseLease(Order order) {
        service.update(
                "update payment set lease_until = clock_timestamp() - interval '1 s' where id = ?", order.paymentId());
    }
}
