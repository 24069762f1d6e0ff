package escale.messaging;

import java.time.Duration;

/** What a consumer does with one record. It returns only once the outcome is durable, for the offset moves on then. */
@FunctionalInterface
public interface Handler {

    Handling handle(Received received) throws Exception;

    /** How it went, short of an exception. */
    sealed interface Handling {
        /** The outcome is durable; the record is finished with. */
        record Done() implements Handling {}

        /** Nothing was done and nothing is wrong: offer the same record again, before any later one of its key. */
        record NotNow(Duration after) implements Handling {}

        Handling DONE = new Done();
    }
}
