package escale.booking.kafka;

import escale.booking.OfferTour;
import escale.booking.Tour;
import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Handler.Handling;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.messaging.Malformed;
import escale.messaging.Received;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hears which tours there are; a tombstone is the end of one. */
@Factory
final class TourListener {

    @Singleton
    @Named("tours")
    DueConsumer tours(Consumers consumers, OfferTour offer, Json json) {
        Handler handler = received -> {
            if (received.payload() == null) {
                offer.withdraw(id(received.key()));
            } else if (received.type().equals(TourEvent.TYPE)) {
                offer.publish(tour(received, json));
            }
            return Handling.DONE;
        };
        return consumers.of(Intake.of("booking-tours", 16, "tours"), handler);
    }

    private static Tour tour(Received received, Json json) {
        var event = json.read(received, TourEvent.class);
        try {
            return event.tour();
        } catch (IllegalArgumentException e) {
            throw new Malformed("Not a tour that can be booked: " + e.getMessage(), e);
        }
    }

    private static UUID id(@Nullable String key) {
        try {
            return UUID.fromString(String.valueOf(key));
        } catch (IllegalArgumentException e) {
            throw new Malformed("No tour is named " + key, e);
        }
    }
}
