package escale.notification.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.notification.FollowOutages;
import escale.notification.RaiseAlert;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Hears what became of payments. */
@Factory
final class PaymentListener {

    @Singleton
    @Named("payments")
    DueConsumer payments(Consumers consumers, RaiseAlert raise, FollowOutages follow, Json json) {
        return consumers.of(
                Intake.of("notification-payments", 64, "payment.events").gathering(Pace.UNHURRIED), received -> {
                    switch (PaymentEvent.of(received, json)) {
                        case PaymentEvent.Alarming(var alert) -> {
                            follow.follow(alert, received.trace());
                            raise.raise(alert);
                        }
                        case PaymentEvent.Other() -> {}
                    }
                    return Handler.Handling.DONE;
                });
    }
}
