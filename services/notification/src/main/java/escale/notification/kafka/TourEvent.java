package escale.notification.kafka;

import escale.messaging.Json;
import escale.messaging.Received;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the topic tours tells of a tour, as far as mails name it. */
sealed interface TourEvent {

    /** The fields that are read. */
    @Serdeable
    record Published(UUID tourId, long version, String title, String timezone, List<Departure> departures)
            implements TourEvent {
        public Published {
            departures = List.copyOf(departures);
        }
    }

    @Serdeable
    record Departure(UUID departureId, Instant startsAt) {}

    /** Not offered any more. */
    record Withdrawn() implements TourEvent {}

    record Other() implements TourEvent {}

    static TourEvent of(Received received, Json json) {
        if (received.payload() == null) {
            return new Withdrawn();
        }
        return received.type().equals("tour.published") ? json.read(received, Published.class) : new Other();
    }
}
