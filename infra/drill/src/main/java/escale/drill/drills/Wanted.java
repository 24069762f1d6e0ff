package escale.drill.drills;

import java.time.Duration;

/**
 * What was said about a drill on the command line.
 *
 * @param what the part to kill
 * @param time how long the trouble lasts
 */
public record Wanted(String what, Duration time, double rate, int count) {
    public Wanted {
        what = what.equals("postgres") ? "postgresql" : what; // as people say, and as the launcher says
    }
}
