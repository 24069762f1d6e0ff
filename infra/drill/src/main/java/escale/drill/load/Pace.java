package escale.drill.load;

import org.jspecify.annotations.Nullable;

/** Whose turn it is next, and when. */
sealed interface Pace permits OpenLoop, ClosedLoop {
    /**
     * One booking to be made.
     *
     * @param due what its times count from
     */
    record Turn(long index, long due) {}

    /** Called once, before the first turn: the clock runs from here, as System.nanoTime tells. */
    void begin(long start);

    /** Waits until the next booking is due; null once there are no more. */
    @Nullable
    Turn next() throws InterruptedException;

    /** From now on there are no more. */
    void stop();

    /** Called once for each turn, when it is known how it ended. */
    void ended();
}
