package escale.booking.change;

import escale.booking.Booking;
import escale.booking.Departure;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a change comes to. Seats that are kept keep their price, each further one costs what it costs now; on another
 * departure all of them do. Knows only what it is given, so the same facts give the same answer.
 */
final class Changing {
    private Changing() {}

    /** What is true while the departures and the booking are locked. */
    record Facts(Map<UUID, Departure> departures, int heldBesides, int limit, Instant now) {}

    /** The seats wanted and their price, or why there are none. */
    sealed interface Decision {
        record Granted(Departure departure, int people, long amount) implements Decision {
            boolean isElsewhere(Booking booking) {
                return !departure.id().equals(booking.trip().departureId());
            }

            /** Seats of the departure wanted, beside the booking's own. */
            int further(Booking booking) {
                return isElsewhere(booking) ? people : Math.max(0, people - booking.people());
            }
        }

        record Refused(Changed why) implements Decision {}
    }

    static Decision decide(Booking booking, ChangeRequest request, Facts facts) {
        var own = facts.departures().get(booking.trip().departureId());
        var wanted = request.departureId() == null ? own : facts.departures().get(request.departureId());
        var people = request.people() == null ? booking.people() : request.people();
        if (own == null || wanted == null) {
            return new Decision.Refused(new Changed.UnknownDeparture());
        }
        var granted = new Decision.Granted(wanted, people, price(booking, wanted, people));
        var refusal = refusal(booking, own, granted, facts);
        return refusal == null ? granted : new Decision.Refused(refusal);
    }

    private static @Nullable Changed refusal(Booking booking, Departure own, Decision.Granted granted, Facts facts) {
        var wanted = granted.departure();
        var further = granted.further(booking);
        if (!wanted.tourId().equals(booking.trip().tourId())) {
            return new Changed.OtherTour();
        }
        if (!own.startsAt().isAfter(facts.now()) || !wanted.startsAt().isAfter(facts.now())) {
            return new Changed.DepartureLeft();
        }
        if (!granted.isElsewhere(booking) && granted.people() == booking.people()) {
            return new Changed.NothingToChange();
        }
        if (further == 0) {
            return null; // fewer seats of the same departure: nothing is taken from anybody
        }
        if (!wanted.open()) {
            return new Changed.UnknownDeparture();
        }
        if (!wanted.currency().equals(booking.currency())) {
            return new Changed.OtherCurrency(wanted.currency());
        }
        if (further > wanted.seatsLeft()) {
            return new Changed.SoldOut(further, wanted.seatsLeft());
        }
        return facts.limit() > 0 && facts.heldBesides() + granted.people() > facts.limit()
                ? new Changed.TooManySeats(facts.heldBesides(), facts.limit())
                : null;
    }

    /** What is not divided evenly is rounded in the traveller's favour. */
    private static long price(Booking booking, Departure wanted, int people) {
        if (!wanted.id().equals(booking.trip().departureId())) {
            return Math.multiplyExact(wanted.price(), people);
        }
        return people <= booking.people()
                ? booking.amount() * people / booking.people()
                : Math.addExact(booking.amount(), Math.multiplyExact(wanted.price(), people - booking.people()));
    }
}
