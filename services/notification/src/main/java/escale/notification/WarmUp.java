package escale.notification;

import escale.notification.letter.Letters;
import escale.notification.letter.Topic;
import escale.notification.sql.DueMails;
import escale.runtime.Stage;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Writes one letter of each sort for nobody, so that the first traveller does not wait while calendars are loaded. */
@Singleton
final class WarmUp implements Stage {
    private final DueMails mails;

    WarmUp(DueMails mails) {
        this.mails = mails;
    }

    @Override
    public Phase phase() {
        return Phase.WARM_UP;
    }

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public void start() {
        var facts = new Facts("Montmartre", Instant.EPOCH, "Europe/Paris", 2, 9_000, "EUR", null, null, Instant.EPOCH);
        for (var language : Language.values()) {
            for (var kind : Kind.values()) {
                Letters.write(language, new Topic(kind, new UUID(0, 0), facts, null, "http://localhost", "support"));
            }
            Letters.possibleAgain(language, null, "http://localhost", "support");
        }
        mails.look(1);
    }
}
