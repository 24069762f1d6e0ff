package escale.payment;

import static org.awaitility.Awaitility.await;

import escale.payment.provider.Simulator;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An outage ends when the provider is usable again, which is long before it is well. */
class OutageIT {

    @Test
    void a_provider_that_fails_every_fourth_call_for_good_is_no_outage() throws Exception {
        try (var simulator = Simulator.start();
                var service = PaymentService.startWithProviderAt(simulator.url())) {
            simulator.pay(1_500);
            simulator.faults("{\"errorRate\": 1, \"errorKind\": \"error500Stored\"}");
            var orders = Stream.generate(PaymentService::order).limit(40).toList();
            orders.forEach(service::request);
            await("an outage").until(() -> openOutages(service) == 1);
            // What came of each is open, and to find out takes many pages of the provider's list.
            service.update("update payment set key_since = key_since - interval '5 minutes' where doubt = 'ANSWERED'");

            simulator.faults("""
                    {"errorRate": 0.26, "errorKind": ["error500Before", "error500After", "error500Stored"], "seed": 4}
                    """);
            await("its end").atMost(Duration.ofMinutes(1)).until(() -> openOutages(service) == 0);
            for (var order : orders) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> service.state(order.paymentId()).equals("PAID"));
            }
        }
    }

    @Test
    void questions_that_nobody_answers_do_not_keep_an_outage_open() {
        try (var service = PaymentService.start()) {
            var provider = service.provider();
            var orders = Stream.generate(PaymentService::order).limit(20).toList();
            provider.always(payment -> new Charge.Unknown("provider-500", Doubt.ANSWERED));
            orders.forEach(
                    order -> provider.asks(order.paymentId(), new Charge.Unknown("provider-500", Doubt.ANSWERED)));
            orders.forEach(service::request);
            var breaker = service.bean(ProviderBreaker.class);
            await().until(() -> !breaker.closed());

            provider.alive(true);
            await().until(breaker::closed);
        }
    }

    private static int openOutages(PaymentService service) {
        return service.count("select count(*) from outage where closed_at is null");
    }
}
