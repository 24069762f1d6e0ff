package escale.notification;

import escale.notification.sql.Askings;
import escale.notification.sql.Journeys;
import escale.notification.sql.MailQueue;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Forgets mails that are long done, and at once who asked for one and has it, a few at a time. What still waits is never forgotten. */
@Singleton
final class ForgetMails {
    private static final int BATCH = 1_000;

    private final Database database;
    private final MailQueue queue;
    private final Askings askings;
    private final Journeys journeys;
    private final NotificationSettings settings;
    private final Clock clock;

    ForgetMails(
            Database database,
            MailQueue queue,
            Askings askings,
            Journeys journeys,
            NotificationSettings settings,
            Clock clock) {
        this.database = database;
        this.queue = queue;
        this.askings = askings;
        this.journeys = journeys;
        this.settings = settings;
        this.clock = clock;
    }

    void round() {
        database.statement(tx -> queue.forget(tx, settings.keptFor(), BATCH));
        askings.forget(BATCH);
        journeys.forget(clock.instant().minus(settings.keptFor()), BATCH);
    }
}
