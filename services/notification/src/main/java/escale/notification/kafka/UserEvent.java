package escale.notification.kafka;

import escale.messaging.Json;
import escale.messaging.Malformed;
import escale.messaging.Received;
import escale.notification.Language;
import escale.notification.Traveller;
import io.micronaut.serde.annotation.Serdeable;

/** What the topic users tells of a traveller. */
sealed interface UserEvent {
    record Known(String userId, long version, Traveller traveller) implements UserEvent {}

    record Erased(String userId) implements UserEvent {}

    record Other() implements UserEvent {}

    /** The fields that are read. */
    @Serdeable
    record User(String userId, long version, String email, String name, String locale) {}

    static UserEvent of(Received received, Json json) {
        if (received.payload() == null) {
            var key = received.key();
            if (key == null) {
                throw new Malformed("A tombstone that does not say whose");
            }
            return new Erased(key);
        }
        if (!received.type().equals("user.updated")) {
            return new Other();
        }
        var user = json.read(received, User.class);
        return new Known(user.userId, user.version, new Traveller(user.email, user.name, Language.named(user.locale)));
    }
}
