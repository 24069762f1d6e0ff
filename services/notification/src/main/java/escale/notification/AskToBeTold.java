package escale.notification;

import escale.notification.sql.Askings;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Notes who wants to be told when booking is possible again: once per person and outage, and only while it lasts. */
@Singleton
public final class AskToBeTold {
    private final Askings askings;

    /** What came of it. */
    public sealed interface Outcome {
        /** The answer may take the end of the outage to come, but it will. */
        record Noted(UUID askingId, Instant outageSince) implements Outcome {}

        /** This person had asked before. */
        record NotedBefore(Instant outageSince) implements Outcome {}

        /** There is nothing to wait for. */
        record PossibleNow() implements Outcome {}
    }

    AskToBeTold(Askings askings) {
        this.askings = askings;
    }

    public Outcome ask(Asker asker, UUID askingId) {
        return askings.insert(asker, askingId);
    }

    /** Whoever is not there any more, or has been told, is not there to be told again: no news. */
    public void withdraw(String userId) {
        askings.delete(userId);
    }

    public void withdraw(UUID askingId) {
        askings.delete(askingId);
    }
}
