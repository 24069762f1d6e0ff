package escale.payment;

import escale.payment.provider.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong in one history. Few kinds of trouble at a time: what is rare amid everything is frequent with little else. */
final class Misfortune {
    private static final List<Duration> TIMES = List.of(
            Duration.ofSeconds(13),
            Duration.ofSeconds(47),
            Duration.ofMinutes(3),
            Duration.ofMinutes(11),
            Duration.ofMinutes(31),
            Duration.ofHours(23).minusSeconds(10),
            Duration.ofHours(25));

    private static final List<Fate> MOVED_AND_SILENT = List.of(
            Fate.BROKEN_AFTERWARDS,
            Fate.ANSWER_LOST,
            Fate.LATE,
            Fate.DIES_AFTERWARDS,
            Fate.DIES_AND_IS_LATE,
            Fate.SLEEPS);
    private static final List<Fate> NOT_MOVED = List.of(
            Fate.REFUSED, Fate.BROKEN_AND_NOT_KEPT, Fate.BROKEN_AND_KEPT, Fate.LOST, Fate.DIES_BEFORE, Fate.SLEEPS);

    private final SplittableRandom random;
    private final List<Fate> fates = new ArrayList<>();
    private final int readsWell; // of ten
    private int asleep;

    Misfortune(SplittableRandom random) {
        this.random = random;
        fates.add(MOVED_AND_SILENT.get(random.nextInt(MOVED_AND_SILENT.size())));
        for (var more = random.nextInt(1, 5); more > 0; more--) {
            fates.add(NOT_MOVED.get(random.nextInt(NOT_MOVED.size())));
        }
        readsWell = random.nextInt(3, 10);
    }

    /** A call that goes well ends the story: mostly it does not. */
    Fate next(boolean reads) {
        var fate = fates.get(random.nextInt(fates.size()));
        if (reads) {
            var badly = fate.isOfReads() ? fate : Fate.BROKEN_AND_NOT_KEPT;
            return random.nextInt(10) < readsWell || badly == Fate.SLEEPS && asleep > 1 ? Fate.WELL : badly;
        }
        return random.nextInt(12) == 0 || fate == Fate.SLEEPS && asleep > 1 ? Fate.WELL : fate;
    }

    Duration time() {
        return TIMES.get(random.nextInt(TIMES.size()));
    }

    /** While one sleeps its lease runs out, and others are granted the attempt. */
    void whileAsleep(Runnable attempt) {
        asleep++;
        for (var others = random.nextInt(1, 4); others > 0; others--) {
            attempt.run();
        }
        asleep--;
    }

    boolean sleeps() {
        return asleep > 0;
    }
}
