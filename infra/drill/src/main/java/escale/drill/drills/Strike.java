package escale.drill.drills;

import java.time.Duration;

/** One thing that is done to the system in a run of chaos. */
sealed interface Strike {

    /**
     * A service halts as it comes to a place in its code for the nth time.
     *
     * @param arming how it is brought to do so: by being started again
     */
    record Halt(Place place, String service, int nth, Arming arming) implements Strike {
        /** As the launcher and the service call it. */
        String failpoint() {
            return place + ":" + nth;
        }
    }

    /** How a service ends before it is started with a failpoint. */
    enum Arming {
        RESTART,
        /** Wherever it is: a random kill like any other. */
        KILL
    }

    /** A part is killed wherever it is. */
    record Kill(String part) implements Strike {}

    /** From now on so many of the provider's calls fail, in percent. */
    record Faults(int percent) implements Strike {}

    /** The provider refuses connections. */
    record Outage(Duration time) implements Strike {}

    /** For people. */
    default String line() {
        return switch (this) {
            case Halt halt ->
                switch (halt.arming()) {
                    case RESTART -> halt.service() + " halts at " + halt.failpoint();
                    case KILL -> "kill -9 " + halt.service() + ", and once it is back it halts at " + halt.failpoint();
                };
            case Kill(var part) -> "kill -9 " + part;
            case Faults(var percent) -> percent + " % of the provider's calls fail";
            case Outage(var time) -> "the provider is down for " + time.toSeconds() + " s";
        };
    }
}
