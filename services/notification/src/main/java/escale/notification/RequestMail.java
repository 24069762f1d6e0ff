package escale.notification;

import escale.notification.sql.MailQueue;
import escale.notification.sql.MailViews;
import escale.notification.sql.MailViews.MailView;
import escale.notification.sql.Tours;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Has a traveller told something because another service asks for it, once for each key and for each occasion. */
@Singleton
public final class RequestMail {
    private final Database database;
    private final Tours tours;
    private final MailQueue queue;
    private final MailViews views;
    private final SendMails send;

    /** What came of it. */
    public sealed interface Outcome {
        record Queued(MailView mail) implements Outcome {}

        /** The same request again. */
        record Replayed(MailView mail) implements Outcome {}

        /** Another request under a key that was used before. */
        record KeyReused() implements Outcome {}

        /** The traveller has a mail for this occasion, because of an event or of another request. */
        record AlreadyTold(MailView mail) implements Outcome {}

        record UnknownDeparture() implements Outcome {}
    }

    RequestMail(Database database, Tours tours, MailQueue queue, MailViews views, SendMails send) {
        this.database = database;
        this.tours = tours;
        this.queue = queue;
        this.views = views;
        this.send = send;
    }

    public Outcome request(MailRequest wanted, Ask ask, UUID id, Trace trace) {
        return database.transaction(tx -> {
            var before = before(tx, ask);
            if (before.isPresent()) {
                return before.get();
            }
            var departure = tours.find(tx, wanted.departureId());
            if (departure.isEmpty()) {
                return new Outcome.UnknownDeparture();
            }
            var mail = new Mail(
                    id,
                    wanted.occasion(),
                    wanted.userId(),
                    wanted.language(),
                    facts(wanted, departure.get()),
                    ask,
                    trace);
            if (queue.insert(tx, List.of(mail)).isEmpty()) {
                // Its place was taken since, or before: by the same key, or by the same occasion.
                var told = views.of(tx, wanted.occasion());
                return before(tx, ask)
                        .or(() -> told.map(Outcome.AlreadyTold::new))
                        .orElseThrow();
            }
            tx.afterCommit(send::knock);
            return new Outcome.Queued(views.find(tx, id).orElseThrow());
        });
    }

    private Optional<Outcome> before(Transaction tx, Ask ask) throws SQLException {
        return views.asked(tx, ask)
                .map(asked -> Arrays.equals(asked.hash(), ask.hash())
                        ? new Outcome.Replayed(asked.mail())
                        : new Outcome.KeyReused());
    }

    private static Facts facts(MailRequest wanted, Tours.Departure departure) {
        return new Facts(
                departure.tourTitle(),
                departure.startsAt(),
                departure.timezone(),
                wanted.people(),
                wanted.amount(),
                wanted.currency(),
                wanted.refundAmount(),
                wanted.link(),
                wanted.expiresAt());
    }
}
