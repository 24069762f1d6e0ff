package escale.payment.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Handler.Handling;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.messaging.Malformed;
import escale.messaging.Received;
import escale.messaging.RetryLadder;
import escale.payment.ChargePayment;
import escale.payment.Origin;
import escale.payment.ProviderBreaker;
import escale.payment.RetryRecord;
import escale.payment.TakeBackCharge;
import escale.payment.Ticket;
import escale.payment.refund.ReturnPart;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/**
 * The worker: orders to charge, to take back and to give back from the main topic, further attempts from the retry topics
 * when due.
 */
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
            TakeBackCharge takeBack,
            ReturnPart returnPart,
            Json json,
            @Value("${escale.payment.in-flight}") int inFlight) {
        Handler handler = received -> {
            try (var call = breaker.begin()) { // also gives the permission back when the record cannot be read
                return switch (received.type()) {
                    case PaymentRequested.TYPE -> {
                        var order = json.read(received, PaymentRequested.class).order(received.trace());
                        yield charge.attempt(Ticket.first(order), origin(received), call);
                    }
                    case RetryRecord.TYPE ->
                        charge.attempt(json.read(received, RetryRecord.class).ticket(), origin(received), call);
                    case CancelRequested.TYPE -> {
                        var order = json.read(received, CancelRequested.class).order(received.trace());
                        takeBack.takeBack(order, origin(received));
                        yield Handling.DONE;
                    }
                    case RefundRequested.TYPE -> {
                        returnPart.giveBack(
                                json.read(received, RefundRequested.class).order());
                        yield Handling.DONE;
                    }
                    default -> throw new Malformed("No worker knows the type '" + received.type() + "'");
                };
            }
        };
        return consumers.of(Intake.withLadder("payment-workers", inFlight, TOPIC, ladder), breaker, handler);
    }

    private static Origin origin(Received received) {
        return new Origin(received.topic(), received.partition(), received.offset());
    }
}
