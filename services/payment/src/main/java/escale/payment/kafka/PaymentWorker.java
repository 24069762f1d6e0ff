package escale.payment.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.messaging.Malformed;
import escale.messaging.Received;
import escale.messaging.RetryLadder;
import escale.payment.ChargePayment;
import escale.payment.Origin;
import escale.payment.ProviderBreaker;
import escale.payment.RetryRecord;
import escale.payment.Ticket;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** The worker: orders from the main topic, further attempts from the retry topics when they are due. */
@Factory
final class PaymentWorker {
    private static final String TOPIC = "payments";

    @Singleton
    RetryLadder ladder() {
        return RetryLadder.of(TOPIC);
    }

    @Singleton
    DueConsumer worker(
            Consumers consumers,
            RetryLadder ladder,
            ProviderBreaker breaker,
            ChargePayment charge,
            Json json,
            @Value("${escale.payment.in-flight}") int inFlight) {
        Handler handler = received -> {
            try (var call = breaker.begin()) { // also gives the permission back when the record cannot be read
                return charge.attempt(ticket(received, json), origin(received), call);
            }
        };
        return consumers.of(Intake.withLadder("payment-workers", inFlight, TOPIC, ladder), breaker, handler);
    }

    private static Ticket ticket(Received received, Json json) {
        return switch (received.type()) {
            case PaymentRequested.TYPE ->
                Ticket.first(json.read(received, PaymentRequested.class).order(received.trace()));
            case RetryRecord.TYPE -> json.read(received, RetryRecord.class).ticket();
            default -> throw new Malformed("No worker knows the type '" + received.type() + "'");
        };
    }

    private static Origin origin(Received received) {
        return new Origin(received.topic(), received.partition(), received.offset());
    }
}
