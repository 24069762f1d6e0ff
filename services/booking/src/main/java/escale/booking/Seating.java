package escale.booking;

import escale.booking.BookingRequest.RequestKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Decides who gets seats: first come first served, and whoever still fits gets them, so that a large party that does not
 * fit never stands in the way of a smaller one behind it. Knows only what it is given, so the same facts give the same
 * answer.
 */
public final class Seating {
    private final Facts facts;
    private final int limit;
    private final Instant now;
    private final boolean payLater;
    private final Map<UUID, Integer> left = new HashMap<>();
    private final Map<Traveller, Integer> held;
    private final Map<RequestKey, Used> used;

    /** What is true while the departures are locked. */
    public record Facts(Map<UUID, Departure> departures, Map<RequestKey, Used> used, Map<Traveller, Integer> held) {}

    /** A key that stands for a booking. */
    public record Used(byte[] hash, Booking booking) {}

    /** Someone on one departure. */
    public record Traveller(String userId, UUID departureId) {}

    private Seating(Facts facts, int limit, Instant now, boolean payLater) {
        this.facts = facts;
        this.limit = limit;
        this.now = now;
        this.payLater = payLater;
        this.held = new HashMap<>(facts.held());
        this.used = new HashMap<>(facts.used());
        facts.departures().forEach((id, departure) -> left.put(id, departure.seatsLeft()));
    }

    /**
     * One outcome for each request, in their order.
     *
     * @param limit seats of one departure that one traveller may hold; 0 is no limit
     * @param payLater nothing can be charged now: who gets seats pays by link
     */
    static List<Outcome> decide(List<BookingRequest> requests, Facts facts, int limit, Instant now, boolean payLater) {
        var seating = new Seating(facts, limit, now, payLater);
        var outcomes = new ArrayList<Outcome>(requests.size());
        for (var request : requests) {
            outcomes.add(seating.decide(request));
        }
        return outcomes;
    }

    private Outcome decide(BookingRequest request) {
        var earlier = used.get(request.idempotencyKey());
        if (earlier != null) {
            return Arrays.equals(earlier.hash(), request.hash())
                    ? new Outcome.Replayed(earlier.booking())
                    : new Outcome.KeyReused();
        }
        var departure = facts.departures().get(request.departureId());
        return departure == null || !departure.open() ? new Outcome.UnknownDeparture() : decide(request, departure);
    }

    private Outcome decide(BookingRequest request, Departure departure) {
        if (!departure.startsAt().isAfter(now)) {
            return new Outcome.DepartureLeft();
        }
        var seatsLeft = left.getOrDefault(departure.id(), 0);
        if (request.people() > seatsLeft) {
            return new Outcome.SoldOut(request.people(), seatsLeft);
        }
        var holds = held.getOrDefault(traveller(request), 0);
        return limit > 0 && holds + request.people() > limit
                ? new Outcome.TooManySeats(holds, limit)
                : seat(request, departure);
    }

    private Outcome seat(BookingRequest request, Departure departure) {
        var booking = payLater ? Booking.reserved(request, departure, now) : Booking.accepted(request, departure, now);
        left.merge(departure.id(), -request.people(), Integer::sum);
        held.merge(traveller(request), request.people(), Integer::sum);
        used.put(request.idempotencyKey(), new Used(request.hash(), booking));
        return new Outcome.Accepted(booking);
    }

    private static Traveller traveller(BookingRequest request) {
        return new Traveller(request.userId(), request.departureId());
    }
}
