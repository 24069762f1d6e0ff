package escale.notification.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.notification.sql.Tours;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.UUID;

/** Keeps a copy of what tours are called and when they start. */
@Factory
final class TourListener {

    @Singleton
    @Named("tours")
    DueConsumer tours(Consumers consumers, Tours tours, Json json) {
        return consumers.of(Intake.of("notification-tours", 32, "tours").gathering(Pace.UNHURRIED), received -> {
            switch (TourEvent.of(received, json)) {
                case TourEvent.Published tour -> remember(tour, tours);
                case TourEvent.Withdrawn() -> {} // whoever booked it may still have to be written to
                case TourEvent.Other() -> {}
            }
            return Handler.Handling.DONE;
        });
    }

    private static void remember(TourEvent.Published tour, Tours tours) {
        var departures = new LinkedHashMap<UUID, Instant>();
        tour.departures().forEach(departure -> departures.put(departure.departureId(), departure.startsAt()));
        tours.remember(tour.tourId(), tour.version(), tour.title(), tour.timezone(), departures);
    }
}
