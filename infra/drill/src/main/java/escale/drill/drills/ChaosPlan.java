package escale.drill.drills;

import escale.drill.drills.Strike.Arming;
import escale.drill.drills.Strike.Faults;
import escale.drill.drills.Strike.Halt;
import escale.drill.drills.Strike.Kill;
import escale.drill.drills.Strike.Outage;
import escale.drill.load.Thought;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * What a run of chaos does, and when: all of it follows from the seed, so that a run can be played again. When is said in
 * bookings, because a busy machine has other seconds.
 *
 * @param rate bookings per second
 */
record ChaosPlan(long seed, int bookings, double rate, List<Act> acts) {
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final int LATEST_PASS = 3;
    private static final int FEWEST_FAULTS = 10;
    private static final int MOST_FAULTS = 30;
    private static final double CANCELLED = 0.10;
    private static final double CHANGED = 0.05;
    private static final int THINKS_AGAIN_WITHIN_MILLIS = 10_000;
    /** The beginning and the end of a run are without strikes. */
    private static final double FROM = 0.05;

    private static final double TO = 0.9;

    /** A strike, and after how many bookings it comes. */
    record Act(int after, Strike strike) {}

    /**
     * How much is done. The random kills are those by which a service is brought to halt at a failpoint the next time: a
     * start less for each.
     */
    enum Size {
        /** In every build. */
        SHORT(300, 10, 4, 2, 1, 0, 0),
        /** Every failpoint once. */
        EACH(1_000, 8, 12, 2, 1, 0, 0),
        /** By hand, for a quarter of an hour and more. */
        SOAK(10_000, 15, 36, 20, 3, 2, 4);

        private final int bookings;
        private final double rate;
        private final int halts;
        private final int kills;
        private final int ofEachServer;
        private final int outages;
        private final int changesOfFaults;

        Size(int bookings, double rate, int halts, int kills, int ofEachServer, int outages, int changesOfFaults) {
            this.bookings = bookings;
            this.rate = rate;
            this.halts = halts;
            this.kills = kills;
            this.ofEachServer = ofEachServer;
            this.outages = outages;
            this.changesOfFaults = changesOfFaults;
        }
    }

    /** With as many bookings and as fast as the size says, unless something above 0 is given. */
    static ChaosPlan of(long seed, Size size, int bookings, double rate) {
        var random = new Random(seed);
        var strikes = new ArrayList<Strike>();
        for (var place : places(random, size.halts)) {
            strikes.add(halt(random, place, strikes.size() < size.kills ? Arming.KILL : Arming.RESTART));
        }
        for (var i = 0; i < size.ofEachServer; i++) {
            strikes.add(new Kill("kafka"));
            strikes.add(new Kill("postgresql"));
        }
        for (var i = 0; i < size.outages; i++) {
            strikes.add(new Outage(OUTAGE));
        }
        for (var i = 0; i < size.changesOfFaults; i++) {
            strikes.add(new Faults(random.nextInt(FEWEST_FAULTS, MOST_FAULTS + 1)));
        }
        Collections.shuffle(strikes, random);
        var count = bookings > 0 ? bookings : size.bookings;
        var acts = new ArrayList<Act>();
        acts.add(new Act(0, new Faults(FEWEST_FAULTS)));
        for (var strike : strikes) {
            acts.add(new Act((int) (count * random.nextDouble(FROM, TO)), strike));
        }
        var moments = acts.stream().map(Act::after).sorted().toList();
        var inOrder = new ArrayList<Act>();
        for (var i = 0; i < acts.size(); i++) {
            inOrder.add(new Act(moments.get(i), acts.get(i).strike()));
        }
        return new ChaosPlan(seed, count, rate > 0 ? rate : size.rate, List.copyOf(inOrder));
    }

    /** What the traveller of each booking thinks of it later: one of ten cancels, one of twenty changes it. */
    Thought mind(long index) {
        var random = new SplittableRandom(seed ^ (index + 1) * 0x9E3779B97F4A7C15L);
        var chance = random.nextDouble();
        var after = Duration.ofMillis(random.nextInt(THINKS_AGAIN_WITHIN_MILLIS));
        if (chance < CANCELLED) {
            return new Thought(Thought.Kind.CANCEL, after);
        }
        if (chance < CANCELLED + CHANGED) {
            return new Thought(random.nextBoolean() ? Thought.Kind.ONE_MORE : Thought.Kind.ONE_LESS, after);
        }
        return Thought.NONE;
    }

    /** None twice before each has been there once. */
    private static List<Place> places(Random random, int many) {
        var places = new ArrayList<Place>();
        while (places.size() < many) {
            var round = new ArrayList<>(List.of(Place.values()));
            Collections.shuffle(round, random);
            places.addAll(round.subList(0, Math.min(round.size(), many - places.size())));
        }
        return places;
    }

    /** What has to be led to its failpoint is not led there again and again. */
    private static Halt halt(Random random, Place place, Arming arming) {
        var nth = place.way() == Place.Way.BOOKINGS ? random.nextInt(1, LATEST_PASS + 1) : 1;
        return new Halt(place, any(random, place.services()), nth, arming);
    }

    private static <T> T any(Random random, List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    List<Halt> halts() {
        return acts.stream()
                .map(Act::strike)
                .filter(Halt.class::isInstance)
                .map(Halt.class::cast)
                .toList();
    }

    /** Which places it goes to, in the order in which they are declared. */
    List<Place> places() {
        return halts().stream()
                .map(Halt::place)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
