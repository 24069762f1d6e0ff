package escale.notification;

import escale.notification.smtp.MailServer;
import escale.notification.smtp.MailServerAway;
import escale.notification.smtp.SmtpSettings;
import escale.notification.sql.DueMails;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is due, over a few connections with many mails each, and leaves a mail server that is away in peace. */
@Singleton
final class SendMails {
    private static final Logger log = LoggerFactory.getLogger(SendMails.class);
    /** Nobody knocks for a mail whose pause is over, whose sender was lost, or that another instance wrote down. */
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);
    /** A round ends soon, because stopping waits for it. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(1);

    private static final Pauses SERVER_AWAY = new Pauses(Duration.ofMillis(500), Duration.ofSeconds(15));

    private final DueMails mails;
    private final HandOverMails hand;
    private final MailServer server;
    private final NotificationSettings settings;

    private volatile boolean knocked = true;
    private long lookAnyway = System.nanoTime();
    private int timesAway;
    private long restUntil = System.nanoTime();

    SendMails(DueMails mails, HandOverMails hand, MailServer server, NotificationSettings settings, SmtpSettings smtp) {
        if (settings.lease().compareTo(smtp.deadline()) <= 0) {
            throw new IllegalArgumentException(
                    "MAIL_LEASE must be longer than SMTP_DEADLINE: a mail that is still being"
                            + " handed over by one sender must not go to another");
        }
        this.mails = mails;
        this.hand = hand;
        this.server = server;
        this.settings = settings;
    }

    /** There is something new to send: the next round looks for it. */
    void knock() {
        knocked = true;
    }

    /** All that is due, or as much as a second allows. */
    void round() {
        var now = System.nanoTime();
        if (now - restUntil < 0 || (!knocked && now - lookAnyway < 0)) {
            return;
        }
        knocked = false; // before the look, so that what comes after it is not missed
        lookAnyway = now + LOOK_ANYWAY.toNanos();
        var due = mails.look(HandOverMails.BATCH * settings.connections());
        if (due.strangers() > 0 && !settings.hasFallback()) {
            mails.holdForTravellers();
        }
        var ready = due.ready() + (settings.hasFallback() ? due.strangers() : 0);
        if (ready > 0) {
            knocked = true; // there may be more behind them
            converse(Math.ceilDiv(ready, HandOverMails.BATCH), now + LONGEST_ROUND.toNanos());
        }
    }

    /** On platform threads: they do nothing but wait for answers, and that costs virtual ones more than twice as much. */
    private void converse(int connections, long end) {
        try (var senders = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("mails-", 0).factory())) {
            var conversations = IntStream.range(0, connections)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> converse(end), senders))
                    .toList();
            var failures = conversations.stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .toList();
            rest(failures.size() == connections ? failures.getFirst() : null);
        }
    }

    /** One connection for many mails; returns why there was none. */
    private Optional<MailServerAway> converse(long end) {
        try (var connection = server.connect()) {
            hand.over(connection, end);
            return Optional.empty();
        } catch (MailServerAway away) {
            return Optional.of(away);
        }
    }

    /** While the server is away mails say what they wait for, and nobody knocks too often. */
    private void rest(@Nullable MailServerAway away) {
        if (away != null) {
            mails.holdForServer();
            restUntil = System.nanoTime() + SERVER_AWAY.after(++timesAway).toNanos();
            if (timesAway == 1) {
                log.warn("Mails wait: the mail server does not answer: {}", away.toString());
            }
        } else if (timesAway > 0) {
            log.info("The mail server takes mails again, after {} tries", timesAway);
            timesAway = 0;
        }
    }
}
