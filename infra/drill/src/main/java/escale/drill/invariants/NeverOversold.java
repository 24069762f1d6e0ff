package escale.drill.invariants;

import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Each seat is held once at most, and each that is not held can be had. */
final class NeverOversold implements Invariant {
    private final Violations violations = new Violations();
    private final Map<UUID, Integer> taken = new HashMap<>();

    @Override
    public String id() {
        return "I5";
    }

    @Override
    public String sentence() {
        return "never oversold";
    }

    @Override
    public void see(Story story) {
        var booking = story.booking();
        if (booking != null && booking.holdsSeats()) {
            taken.merge(booking.departure(), booking.people(), Integer::sum);
        }
        if (booking != null && booking.change() != null) {
            var held = booking.change().held();
            taken.merge(held.departure(), held.people(), Integer::sum);
        }
    }

    @Override
    public Finding conclude(World world) {
        var departures = world.departures();
        var seats = 0L;
        for (var departure : departures) {
            var held = taken.getOrDefault(departure.id(), 0);
            seats += held;
            taken.remove(departure.id());
            if (held > departure.capacity()) {
                violations.add("departure %s has %d seats and %d are held or sold"
                        .formatted(departure.id(), departure.capacity(), held));
            } else if (departure.seatsLeft() + held != departure.capacity()) {
                violations.add("departure %s has %d seats, %d are held or sold and %d left"
                        .formatted(departure.id(), departure.capacity(), held, departure.seatsLeft()));
            }
        }
        taken.forEach((id, held) ->
                violations.add("%d seats are held on departure %s, which does not exist".formatted(held, id)));
        return violations.over(this, "%d departures, %d seats held or sold".formatted(departures.size(), seats));
    }
}
