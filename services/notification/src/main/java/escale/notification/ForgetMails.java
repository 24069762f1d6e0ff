package escale.notification;

import escale.notification.sql.MailQueue;
import escale.sql.Database;
import jakarta.inject.Singleton;

/** Forgets mails that are long done, a few at a time. What still waits is never forgotten. */
@Singleton
final class ForgetMails {
    private static final int BATCH = 1_000;

    private final Database database;
    private final MailQueue queue;
    private final NotificationSettings settings;

    ForgetMails(Database database, MailQueue queue, NotificationSettings settings) {
        this.database = database;
        this.queue = queue;
        this.settings = settings;
    }

    void round() {
        database.statement(tx -> queue.forget(tx, settings.keptFor(), BATCH));
    }
}
