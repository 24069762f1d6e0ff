package escale.booking.kafka;

import escale.booking.Tour;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A publication of catalog, as far as booking reads it. */
@Serdeable.Deserializable
record TourEvent(UUID tourId, int version, String title, String timezone, String currency, List<Departure> departures) {
    static final String TYPE = "tour.published";

    @Serdeable.Deserializable
    record Departure(UUID departureId, Instant startsAt, int capacity, long pricePerPerson) {}

    Tour tour() {
        return new Tour(
                tourId,
                version,
                title,
                timezone,
                currency,
                departures.stream()
                        .map(d -> new Tour.Offer(d.departureId, d.startsAt, d.capacity, d.pricePerPerson))
                        .toList());
    }
}
