package escale.notification.sql;

import escale.notification.Claim;
import escale.notification.Handover;
import escale.notification.NotificationSettings;
import escale.notification.Posting;
import escale.sql.Database;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a mail may leave, between its beginning and its result. Whoever hands over one mail after the other
 * closes the window of the one and opens that of the next in one statement: never are two of them open, and a round
 * trip per mail is enough.
 */
@Singleton
public final class SendWindow {
    private static final String RECORD = """
            update mail
            set state = ?, cause = ?, waits_for = null, attempts = attempts + 1, doubts = doubts + ?,
                window_since = null, leased_until = null,
                due_at = case when ? = 'WAITING' then clock_timestamp() + ? * interval '1 ms' else due_at end,
                first_failure_at = coalesce(first_failure_at, case when ? <> 'SENT' then clock_timestamp() end),
                sent_at = case when ? = 'SENT' then clock_timestamp() end
            where id = ? and fence = ? and state = 'WAITING'
            """;
    /** Even if the claim has been lost meanwhile: the log tells what left, whoever sent it. */
    private static final String LOG = "insert into mail_log (mail_id, outcome, cause, worker) values (?, ?, ?, ?)";

    private static final String BEGIN = """
            update mail
            set window_since = clock_timestamp(), leased_until = clock_timestamp() + ? * interval '1 ms'
            where id = ? and fence = ? and state = 'WAITING'
            """;

    private final Database database;
    private final String worker;
    private final NotificationSettings settings;

    public SendWindow(Database database, @Value("${escale.instance}") String worker, NotificationSettings settings) {
        this.database = database;
        this.worker = worker;
        this.settings = settings;
    }

    /**
     * Records what became of the mail before, if there was one. From here on the next may have left; false when its claim
     * has been lost: then it must not leave from here.
     */
    public boolean next(@Nullable Handover before, Claim next) {
        var begin = Stream.of(settings.lease().toMillis(), next.mail().id(), next.fence());
        if (before == null) {
            return database.statement(tx -> tx.update(BEGIN, begin.toArray())) == 1;
        }
        var all = Stream.concat(parameters(before), begin).toArray();
        return database.statement(
                        tx -> tx.update("with recorded as (" + RECORD + "), logged as (" + LOG + ") " + BEGIN, all))
                == 1;
    }

    public void record(Handover done) {
        var all = parameters(done).toArray();
        database.statement(tx -> tx.update("with recorded as (" + RECORD + ") " + LOG, all));
    }

    private Stream<@Nullable Object> parameters(Handover done) {
        var mail = done.claim().mail().id();
        var now = done.now();
        return Stream.of(
                now,
                cause(done.posting()),
                done.posting() instanceof Posting.Doubtful ? 1 : 0,
                now,
                done.pause().toMillis(),
                now,
                now,
                mail,
                done.claim().fence(),
                mail,
                outcome(done.posting()),
                cause(done.posting()),
                worker);
    }

    private static String outcome(Posting posting) {
        return switch (posting) {
            case Posting.Sent _ -> "SENT";
            case Posting.Refused _ -> "REFUSED";
            case Posting.Deferred _ -> "DEFERRED";
            case Posting.Doubtful _ -> "DOUBTFUL";
        };
    }

    private static @Nullable String cause(Posting posting) {
        return switch (posting) {
            case Posting.Sent _ -> null;
            case Posting.Refused(var cause) -> cause;
            case Posting.Deferred(var cause) -> cause;
            case Posting.Doubtful(var cause) -> cause;
        };
    }
}
