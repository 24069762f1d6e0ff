package escale.local;

import escale.local.demo.DeclaredTopic;
import escale.local.supervision.CannotStart;
import escale.local.supervision.Part;
import escale.local.supervision.Seconds;
import escale.local.supervision.Supervisor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Changes how many instances of a service run, while it works. */
final class Scale {
    private static final int MOST = 64;
    /** The topic whose partitions the instances of a service share. */
    private static final Map<String, String> SHARED = Map.of(
            Roster.PAYMENT, "payments",
            Roster.BOOKING, "payment.events",
            Roster.NOTIFICATION, "booking.events");

    private final Supervisor supervisor;

    Scale(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    void run(List<String> arguments, Consumer<String> reply) throws InterruptedException {
        if (arguments.size() != 2) {
            throw new CannotStart("Say what and how many: ./escale scale payment 3");
        }
        var part = part(arguments.getFirst());
        var wanted = count(arguments.getLast());
        var now = supervisor.of(part.name()).size();
        if (wanted > now) {
            for (var instance : supervisor.grow(part, wanted)) {
                reply.accept("%s ready after %s on port %d (process %s)"
                        .formatted(
                                instance.name(),
                                Seconds.of(instance.took()),
                                instance.server().ports().getFirst(),
                                instance.pid()));
            }
        } else {
            for (var instance : supervisor.shrink(part, wanted)) {
                reply.accept(instance.name() + " finished what it had begun and left");
            }
        }
        reply.accept("%s: %d -> %d".formatted(part.name(), now, wanted));
        sayHowTheyShare(part, wanted, reply);
    }

    private Part part(String name) {
        var part = supervisor.parts().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart("There is no " + name + " here."));
        if (!part.scalable()) {
            throw new CannotStart(name + " runs once: only services can be scaled.");
        }
        return part;
    }

    private static int count(String text) {
        try {
            var count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            // the sentence below says what was expected
        }
        throw new CannotStart("How many? A number from 1 to " + MOST + ", not '" + text + "'.");
    }

    private static void sayHowTheyShare(Part part, int workers, Consumer<String> reply) {
        var topic = SHARED.get(part.name());
        if (topic == null) {
            return;
        }
        var partitions = DeclaredTopic.named(topic).partitions();
        if (workers > partitions) {
            reply.accept("Warning: %s has %d partitions, so %d of %d workers have nothing to do."
                    .formatted(topic, partitions, workers - partitions, workers));
        } else {
            reply.accept("%s has %d partitions: each worker takes %s."
                    .formatted(
                            topic,
                            partitions,
                            partitions % workers == 0
                                    ? partitions / workers
                                    : partitions / workers + " or " + (partitions / workers + 1)));
        }
        if (part.name().equals(Roster.BOOKING) && workers > 1) {
            reply.accept("Requests on the usual port reach booking#1 only; the others listen on ports of their own.");
        }
    }
}
