package escale.booking;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * A tour as catalog published it, as far as it can be booked.
 *
 * @param version of the publication; an older one changes nothing
 */
public record Tour(UUID id, int version, String title, String zone, String currency, List<Offer> offers) {
    private static final long HIGHEST_PRICE = 1_000_000_000_000L;

    /** One start of it. The price is of one seat, in minor units. */
    public record Offer(UUID departureId, Instant startsAt, int capacity, long price) {
        public Offer {
            if (capacity < 0 || price < 1 || price > HIGHEST_PRICE) {
                throw new IllegalArgumentException("capacity " + capacity + ", price " + price);
            }
        }
    }

    public Tour {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("No time zone: " + zone, e);
        }
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("No currency: " + currency);
        }
        offers = List.copyOf(offers);
    }
}
