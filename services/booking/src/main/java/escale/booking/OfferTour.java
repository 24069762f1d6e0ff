package escale.booking;

import escale.booking.sql.Departures;
import escale.sql.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the departures in step with what catalog publishes. Seats are booking's own: a capacity below what is sold is
 * refused and reported, and a departure that is offered no more still carries those who booked it.
 */
@Singleton
public final class OfferTour {
    private static final Logger log = LoggerFactory.getLogger(OfferTour.class);

    private final Database database;
    private final Departures departures;
    private final Counter refused;

    OfferTour(Database database, Departures departures, MeterRegistry metrics) {
        this.database = database;
        this.departures = departures;
        this.refused = Counter.builder("escale.capacity.refused")
                .description("Capacities that were to be lowered below what is sold")
                .register(metrics);
    }

    public void publish(Tour tour) {
        var kept = database.transaction(tx -> {
            departures.lock(tx, tour.id());
            departures.close(
                    tx,
                    tour.id(),
                    tour.version(),
                    tour.offers().stream().map(Tour.Offer::departureId).toList());
            return departures.offer(tx, tour);
        });
        for (var offer : tour.offers()) {
            var capacity = kept.get(offer.departureId());
            if (capacity != null && capacity != offer.capacity()) {
                refused.increment();
                log.warn(
                        "Departure {} of tour {} keeps its {} seats: more than {} are sold",
                        offer.departureId(),
                        tour.id(),
                        capacity,
                        offer.capacity());
            }
        }
    }

    /** Nothing of the tour can be booked any more. */
    public void withdraw(UUID tourId) {
        database.transaction(tx -> {
            departures.lock(tx, tourId);
            return departures.close(tx, tourId);
        });
    }
}
