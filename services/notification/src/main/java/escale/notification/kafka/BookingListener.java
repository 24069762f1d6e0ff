package escale.notification.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.notification.FollowJourneys;
import escale.notification.QueueMail;
import escale.runtime.Ids;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Hears what became of bookings. */
@Factory
final class BookingListener {

    @Singleton
    @Named("bookings")
    DueConsumer bookings(Consumers consumers, QueueMail queue, FollowJourneys follow, Json json) {
        return consumers.of(
                Intake.of("notification-bookings", 256, "booking.events").gathering(Pace.UNHURRIED), received -> {
                    switch (BookingEvent.of(received, json)) {
                        case BookingEvent.Told told -> {
                            told.journey().ifPresent(follow::follow);
                            queue.queue(told.mail(Ids.next(), received.trace()));
                        }
                        case BookingEvent.Changed(var booking) -> follow.follow(booking.journey(true));
                        case BookingEvent.Other() -> {}
                    }
                    return Handler.Handling.DONE;
                });
    }
}
