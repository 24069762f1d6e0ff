package escale.drill.invariants;

import escale.drill.world.Booking;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.List;

/** Whoever must know how a booking stands has a mail about it, waiting or sent; that none has two is a unique index. */
final class EveryoneIsTold implements Invariant {
    private final Violations violations = new Violations();
    private long bookings;
    private long mails;

    @Override
    public String id() {
        return "I9";
    }

    @Override
    public String sentence() {
        return "everyone is told";
    }

    @Override
    public void see(Story story) {
        mails += story.mails().size();
        var booking = story.booking();
        if (booking == null) {
            return;
        }
        bookings++;
        var kinds = kinds(booking);
        if (!kinds.isEmpty() && kinds.stream().noneMatch(story.mails()::contains)) {
            violations.add("booking %s is %s and has no mail %s".formatted(story.id(), booking.status(), kinds));
        }
    }

    /** One of these must be there. */
    private static List<String> kinds(Booking booking) {
        return switch (booking.status()) {
            case CONFIRMED -> List.of("CONFIRMED");
            case RESERVED_PENDING_PAYMENT -> List.of("RESERVED");
            case PAYMENT_FAILED -> List.of("PAYMENT_DECLINED", "PAYMENT_FAILED");
            case CANCELLED -> List.of("CANCELLED");
            case EXPIRED -> List.of("EXPIRED");
            case REFUNDED -> List.of("REFUNDED");
            case PENDING_PAYMENT, ACTION_REQUIRED, REFUND_PENDING -> List.of();
        };
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(this, "%d bookings, %d mails".formatted(bookings, mails));
    }
}
