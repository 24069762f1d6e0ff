package escale.drill.invariants;

import escale.drill.world.Story;
import escale.drill.world.TopicDump;
import escale.drill.world.Versions;
import escale.drill.world.World;
import org.jspecify.annotations.Nullable;

/** What happened to a booking and to its payments was told version by version, up to what the databases hold. */
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
            check("booking " + story.id(), story.booking().version(), topics.ofBooking(story.id()));
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

    @Override
    public Finding conclude(World world) {
        return violations.over(
                this,
                "%d bookings, %d payments, %d events on the topics".formatted(bookings, payments, topics.events()));
    }
}
