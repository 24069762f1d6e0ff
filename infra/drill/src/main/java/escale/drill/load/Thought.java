package escale.drill.load;

import java.time.Duration;

/**
 * What a traveller thinks of a booking later on.
 *
 * @param after it was accepted
 */
public record Thought(Kind kind, Duration after) {
    public static final Thought NONE = new Thought(Kind.KEEP, Duration.ZERO);

    /** Most keep what they have. */
    public enum Kind {
        KEEP,
        CANCEL,
        ONE_MORE,
        ONE_LESS
    }
}
