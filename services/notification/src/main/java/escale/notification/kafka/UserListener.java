package escale.notification.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.notification.sql.Travellers;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Keeps a copy of whom mails go to. */
@Factory
final class UserListener {

    @Singleton
    @Named("users")
    DueConsumer users(Consumers consumers, Travellers travellers, Json json) {
        return consumers.of(Intake.of("notification-users", 32, "users").gathering(Pace.UNHURRIED), received -> {
            switch (UserEvent.of(received, json)) {
                case UserEvent.Known(var userId, var version, var traveller) ->
                    travellers.remember(userId, version, traveller);
                case UserEvent.Erased(var userId) -> travellers.erase(userId);
                case UserEvent.Other() -> {}
            }
            return Handler.Handling.DONE;
        });
    }
}
