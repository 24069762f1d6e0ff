package escale.drill.invariants;

import escale.drill.world.Act;
import escale.drill.world.Asked;
import escale.drill.world.Booking;
import escale.drill.world.Story;
import escale.drill.world.World;

/** Whoever was told that a booking was accepted has it, or what they changed it into. */
final class NoLostBooking implements Invariant {
    private final Violations violations = new Violations();
    private long answers;
    private long bookings;
    private long acts;

    @Override
    public String id() {
        return "I1";
    }

    @Override
    public String sentence() {
        return "no lost booking";
    }

    @Override
    public void see(Story story) {
        if (story.asked().isEmpty()) {
            return;
        }
        bookings++;
        answers += story.asked().size();
        var booking = story.booking();
        if (booking == null) {
            violations.add(
                    story.id() + " was promised to " + story.asked().getFirst().user() + " and does not exist");
            return;
        }
        seeActs(story, booking);
        for (var asked : story.asked()) {
            if (!isWhatWasAsked(booking, asked)) {
                violations.add("%s is not what %s asked for: %d people of %s on departure %s instead of %d on %s"
                        .formatted(
                                story.id(),
                                asked.user(),
                                booking.asked().people(),
                                booking.user(),
                                booking.asked().departure(),
                                asked.people(),
                                asked.departure()));
            }
        }
    }

    /** What was answered as done stays done. */
    private void seeActs(Story story, Booking booking) {
        var people = booking.people();
        for (var act : story.acts().stream().filter(Act::done).toList()) {
            acts++;
            if (act.what().equals("change")) {
                people = act.people();
            } else if (booking.holdsSeats() || booking.status() == Booking.Status.EXPIRED) {
                violations.add("%s was cancelled, and is %s".formatted(story.id(), booking.status()));
            }
        }
        if (people != booking.people()) {
            violations.add("%s was changed to %d people, and has %d".formatted(story.id(), people, booking.people()));
        }
    }

    private static boolean isWhatWasAsked(Booking booking, Asked asked) {
        return booking.user().equals(asked.user())
                && booking.asked().departure().equals(asked.departure())
                && booking.asked().people() == asked.people();
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(
                this,
                "%d accepted answers, %d bookings, %d cancelled or changed at once".formatted(answers, bookings, acts));
    }
}
