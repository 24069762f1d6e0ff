package escale.booking;

import java.time.Instant;
import java.util.UUID;

/**
 * One start of a tour, as it can be booked.
 *
 * @param price of one seat, in minor units
 * @param open false once it was withdrawn
 */
public record Departure(
        UUID id,
        UUID tourId,
        String tourTitle,
        Instant startsAt,
        String zone,
        String currency,
        long price,
        int seatsLeft,
        boolean open) {}
