package escale.drill.invariants;

import escale.drill.world.Booking.Status;
import escale.drill.world.Story;
import escale.drill.world.TopicDump;
import escale.drill.world.Versions;
import escale.drill.world.World;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a booking and to its payments was told version by version, up to what the databases hold; and each step
 * of a booking is one that its table of states allows.
 */
final class OrderedVersions implements Invariant {
    private final Violations violations = new Violations();
    private final TopicDump topics;
    private long bookings;
    private long payments;

    OrderedVersions(TopicDump topics) {
        this.topics = topics;
    }

    @Override
    public String id() {
        return "I8";
    }

    @Override
    public String sentence() {
        return "told in order";
    }

    @Override
    public void see(Story story) {
        if (story.booking() != null) {
            bookings++;
            var told = topics.ofBooking(story.id());
            check("booking " + story.id(), story.booking().version(), told);
            if (told != null) {
                checkSteps(story.id(), told.statuses());
            }
        }
        for (var payment : story.payments()) {
            payments++;
            check("payment " + payment.id(), payment.version(), topics.ofPayment(payment.id()));
        }
    }

    private void check(String name, int version, @Nullable Versions told) {
        if (told == null) {
            if (version > 0) {
                violations.add("%s has version %d and nothing was told about it".formatted(name, version));
            }
            return;
        }
        if (!told.missing().isEmpty()) {
            violations.add("%s: versions %s were never told".formatted(name, told.missing()));
        } else if (told.highest() != version) {
            violations.add("%s has version %d and was told up to %d".formatted(name, version, told.highest()));
        } else if (told.outOfOrder()) {
            violations.add("%s was told out of order".formatted(name));
        }
    }

    private void checkSteps(UUID booking, List<Status> statuses) {
        for (var i = 0; i < statuses.size(); i++) {
            var to = statuses.get(i);
            if (i == 0 && to != Status.PENDING_PAYMENT && to != Status.RESERVED_PENDING_PAYMENT) {
                violations.add("booking %s began as %s".formatted(booking, to));
            } else if (i > 0 && !mayBecome(statuses.get(i - 1)).contains(to)) {
                violations.add("booking %s went from %s to %s".formatted(booking, statuses.get(i - 1), to));
            }
        }
    }

    /** The table of states, as the architecture has it. */
    private static Set<Status> mayBecome(Status from) {
        return switch (from) {
            case PENDING_PAYMENT ->
                Set.of(
                        Status.PENDING_PAYMENT, // in doubt
                        Status.CONFIRMED,
                        Status.PAYMENT_FAILED,
                        Status.ACTION_REQUIRED,
                        Status.CANCELLED);
            case RESERVED_PENDING_PAYMENT ->
                Set.of(
                        Status.PENDING_PAYMENT,
                        Status.RESERVED_PENDING_PAYMENT, // sent another link
                        Status.EXPIRED,
                        Status.CANCELLED);
            case ACTION_REQUIRED ->
                Set.of(
                        Status.CONFIRMED,
                        Status.PAYMENT_FAILED,
                        Status.PENDING_PAYMENT, // in doubt
                        Status.EXPIRED,
                        Status.CANCELLED);
            case PAYMENT_FAILED -> // by another charge, or paid after all
                Set.of(
                        Status.PENDING_PAYMENT,
                        Status.CONFIRMED,
                        Status.PAYMENT_FAILED, // sent a link
                        Status.EXPIRED,
                        Status.CANCELLED);
            case CONFIRMED -> Set.of(Status.CONFIRMED, Status.CANCELLED); // the first is a change
            case EXPIRED -> Set.of(Status.CONFIRMED, Status.REFUND_PENDING, Status.REFUNDED); // late money
            case CANCELLED -> Set.of(Status.REFUND_PENDING, Status.REFUNDED);
            case REFUND_PENDING -> Set.of(Status.REFUND_PENDING, Status.REFUNDED); // charge by charge
            case REFUNDED -> Set.of();
        };
    }

    @Override
    public Finding conclude(World world) {
        return violations.over(
                this,
                "%d bookings, %d payments, %d events on the topics".formatted(bookings, payments, topics.events()));
    }
}
