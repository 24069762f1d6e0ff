package escale.notification;

/** What came of handing something over to those who carry it. Causes are codes, never sentences, for those name people. */
public sealed interface Posting {
    record Sent() implements Posting {}

    /** For good: the same again would be refused again. */
    record Refused(String cause) implements Posting {}

    /** It was surely not taken, and may be later. */
    record Deferred(String cause) implements Posting {}

    /** The answer is missing: it may have been taken. It is handed over again, under the same id. */
    record Doubtful(String cause) implements Posting {}
}
