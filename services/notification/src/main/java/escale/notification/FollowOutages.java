package escale.notification;

import escale.notification.sql.Askings;
import escale.runtime.Trace;
import escale.sql.Database;
import jakarta.inject.Singleton;

/** Keeps track of when payment is not possible, and has everybody told who asked, as soon as it is again. */
@Singleton
public final class FollowOutages {
    private final Database database;
    private final Askings askings;
    private final SendMails send;

    FollowOutages(Database database, Askings askings, SendMails send) {
        this.database = database;
        this.askings = askings;
        this.send = send;
    }

    public void follow(Alert alert, Trace trace) {
        switch (alert) {
            case Alert.OutageStarted(var outageId, var since) -> askings.began(outageId, since);
            case Alert.OutageEnded ended -> end(ended, trace);
            case Alert.PaymentExhausted _ -> {}
        }
    }

    /** The end first, and then who asked: whoever is asking just now holds the outage open until their row can be seen. */
    private void end(Alert.OutageEnded ended, Trace trace) {
        database.transaction(tx -> {
            var isNews = askings.ended(tx, ended.outageId(), ended.since(), ended.until());
            tx.afterCommit(send::knock);
            return isNews ? askings.queue(tx, ended.outageId(), trace) : 0;
        });
    }
}
