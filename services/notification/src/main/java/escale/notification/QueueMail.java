package escale.notification;

import escale.notification.sql.MailQueue;
import escale.runtime.Failpoint;
import escale.sql.Database;
import escale.sql.Lane;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** Takes down what a traveller is to be told, once for each occasion however often it is heard of. */
@Singleton
public final class QueueMail {
    private static final int MOST_WAITING = 5_000;
    private static final int LARGEST_BATCH = 200;

    private final Database database;
    private final MailQueue queue;
    private final SendMails send;
    private final Lane<Mail, Boolean> lane;

    QueueMail(Database database, MailQueue queue, SendMails send) {
        this.database = database;
        this.queue = queue;
        this.send = send;
        this.lane = new Lane<>("mails", MOST_WAITING, LARGEST_BATCH, this::insert);
    }

    /** False when there is one for this occasion already. Returns once it is durable. */
    public boolean queue(Mail mail) {
        return lane.submit(mail);
    }

    private List<Boolean> insert(List<Mail> mails) {
        var inOrder = mails.stream()
                .sorted(Comparator.comparing(Mail::occasion, Occasion.ORDER))
                .toList();
        var queued = Failpoint.AFTER_MAIL_QUEUED.passing(database.statement(tx -> queue.insert(tx, inOrder)));
        send.knock();
        return mails.stream().map(mail -> queued.contains(mail.id())).toList();
    }

    @PreDestroy
    void close() {
        lane.close();
    }
}
