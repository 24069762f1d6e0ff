package escale.drill.drills;

import java.time.Duration;

/**
 * What was said about a drill on the command line.
 *
 * @param what the part to kill
 * @param time how long the trouble lasts
 * @param seed what a run of chaos follows from
 * @param each whether it goes to every failpoint
 * @param soak whether it goes on for long
 */
public record Wanted(String what, Duration time, double rate, int count, long seed, boolean each, boolean soak) {
    public Wanted {
        what = what.equals("postgres") ? "postgresql" : what; // as people say, and as the launcher says
    }
}
