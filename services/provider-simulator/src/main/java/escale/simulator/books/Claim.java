package escale.simulator.books;

/** What an idempotency key is worth at the moment a call arrives with it. */
public sealed interface Claim {

    /** Nobody used it yet: the call may begin, and holds the key until it is released. */
    record Granted() implements Claim {}

    /** It was answered before: the same answer again. */
    record Replay(Line line) implements Claim {}

    /** Its first call still runs. */
    record InUse(String key) implements Claim {}

    /** It was used for something else. */
    record Reused(String message) implements Claim {}
}
