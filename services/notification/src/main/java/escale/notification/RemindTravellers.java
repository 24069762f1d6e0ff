package escale.notification;

import escale.notification.sql.Journeys;
import escale.runtime.Trace;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Answers the hourly call: whoever travels soon and was not reminded is written to, once for each booking. */
@Singleton
public final class RemindTravellers {
    private final Database database;
    private final Journeys journeys;
    private final SendMails send;
    private final Clock clock;

    RemindTravellers(Database database, Journeys journeys, SendMails send, Clock clock) {
        this.database = database;
        this.journeys = journeys;
        this.send = send;
        this.clock = clock;
    }

    /** How many they are. A call that comes late reminds nobody of what has begun. */
    public int remind(Instant scheduledFor, Duration within, Trace trace) {
        var now = clock.instant();
        return database.transaction(tx -> {
            tx.afterCommit(send::knock);
            return journeys.remind(tx, now, scheduledFor.plus(within), trace);
        });
    }
}
