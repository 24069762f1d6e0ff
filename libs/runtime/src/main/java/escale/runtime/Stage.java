package escale.runtime;

/**
 * One step of coming up, undone in reverse order on the way down.
 *
 * <p>A stage whose surroundings are not there yet throws; it is tried again until it succeeds, and the reason is what
 * the log and the readiness probe say the service is waiting for.
 */
public interface Stage {

    /** The order of coming up. Going down, the door closes first and the relay flushes what the others left. */
    enum Phase {
        DATABASE,
        TOPICS,
        RELAY,
        CONSUMERS,
        WARM_UP,
        DOOR
    }

    Phase phase();

    /** What is being waited for while this stage cannot start, as a person would say it. */
    String name();

    void start() throws Exception;

    default void stop() throws Exception {}
}
