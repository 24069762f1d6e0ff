package escale.booking.kafka;

import escale.booking.FollowBookings;
import escale.messaging.Consumers;
import escale.messaging.Tail;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Every instance hears of every booking's changes, because its own streams may follow any of them. */
@Factory
final class BookingTail {

    @Singleton
    Tail changes(Consumers consumers, FollowBookings follow) {
        return consumers.tail("booking.events", received -> {
            if (received.key() != null) {
                follow.changed(UUID.fromString(received.key()));
            }
        });
    }
}
