package escale.notification;

import escale.notification.letter.Letters;
import escale.notification.letter.Topic;
import escale.notification.smtp.Envelope;
import escale.notification.smtp.MailConnection;
import escale.notification.smtp.MailServer;
import escale.notification.smtp.MailServerAway;
import escale.notification.sql.DueMails;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, one connection for many mails. Between the moment a mail begins to be handed over and the moment
 * its row says so it may leave twice, if this process is lost right there; nowhere else.
 */
@Singleton
final class SendMails {
    private static final Logger log = LoggerFactory.getLogger(SendMails.class);
    private static final int BATCH = 50;
    /** A round ends soon, because stopping waits for it. */
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(1);

    private static final Pauses MAIL_FAILED = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(15));
    private static final Pauses SERVER_AWAY = new Pauses(Duration.ofMillis(500), Duration.ofSeconds(15));

    private final DueMails mails;
    private final MailServer server;
    private final NotificationSettings settings;
    private final Addresses addresses;
    private final MailMeters meters;
    private final Clock clock;

    private int timesAway;
    private long restUntil = System.nanoTime();

    SendMails(
            DueMails mails,
            MailServer server,
            NotificationSettings settings,
            Addresses addresses,
            MailMeters meters,
            Clock clock) {
        this.mails = mails;
        this.server = server;
        this.settings = settings;
        this.addresses = addresses;
        this.meters = meters;
        this.clock = clock;
    }

    /** All that is due, or as much as a second allows. */
    void round() {
        if (System.nanoTime() - restUntil < 0 || !mails.any()) {
            return;
        }
        if (!settings.hasFallback() && mails.holdForTravellers() > 0 && !mails.any()) {
            return;
        }
        try (var connection = server.connect()) {
            if (timesAway > 0) {
                log.info("The mail server takes mails again, after {} tries", timesAway);
                timesAway = 0;
            }
            var end = System.nanoTime() + LONGEST_ROUND.toNanos();
            List<Claim> claims;
            do {
                claims = mails.claim(BATCH);
                send(claims, connection, end);
            } while (!claims.isEmpty() && connection.usable() && System.nanoTime() - end < 0);
        } catch (MailServerAway away) {
            mails.holdForServer();
            var pause = SERVER_AWAY.after(++timesAway);
            restUntil = System.nanoTime() + pause.toNanos();
            if (timesAway == 1) {
                log.warn("Mails wait: the mail server does not answer: {}", away.toString());
            }
        }
    }

    private void send(List<Claim> claims, MailConnection connection, long end) {
        for (var i = 0; i < claims.size(); i++) {
            if (!connection.usable() || System.nanoTime() - end >= 0) {
                mails.release(claims.subList(i, claims.size()));
                return;
            }
            send(claims.get(i), connection);
        }
    }

    private void send(Claim claim, MailConnection connection) {
        var traveller = claim.traveller();
        if (traveller != null && traveller.erased()) {
            record(claim, new Posting.Refused("traveller-erased"));
            return;
        }
        if (outdated(claim.mail())) {
            record(claim, new Posting.Refused("outdated"));
            return;
        }
        Envelope envelope;
        try {
            envelope = envelope(claim);
        } catch (RuntimeException unwritable) { // a fault of ours, of which the others behind it know nothing
            log.error("Mail {} cannot be written", claim.mail().id(), unwritable);
            record(claim, new Posting.Refused("unwritable"));
            return;
        }
        if (mails.begin(claim)) {
            record(claim, connection.post(envelope));
        }
    }

    private Envelope envelope(Claim claim) {
        var mail = claim.mail();
        var to = addresses.of(mail.userId(), claim.traveller());
        var spoken = claim.traveller() == null ? null : claim.traveller().language();
        var language = Objects.requireNonNullElse(mail.language(), Objects.requireNonNullElse(spoken, Language.FR));
        var bookingId = mail.occasion().bookingId();
        var topic = new Topic(
                mail.occasion().kind(),
                bookingId,
                mail.facts(),
                to.name(),
                settings.site() + "/bookings/" + bookingId,
                settings.support());
        return new Envelope(
                new Recipient(settings.from(), settings.fromName()),
                settings.support(),
                to,
                mail,
                language,
                Letters.write(language, topic),
                clock.instant());
    }

    /** An invitation to act that arrives too late only leads astray. */
    private boolean outdated(Mail mail) {
        var until = mail.facts().expiresAt();
        return switch (mail.occasion().kind()) {
            case RESERVED, ACTION_REQUIRED -> until != null && clock.instant().isAfter(until);
            case CONFIRMED, PAYMENT_DECLINED, PAYMENT_FAILED, CANCELLED, EXPIRED, REFUNDED -> false;
        };
    }

    private void record(Claim claim, Posting posting) {
        var now = switch (posting) {
            case Posting.Sent _ -> State.SENT;
            case Posting.Refused _ -> State.FAILED;
            case Posting.Deferred _, Posting.Doubtful _ ->
                claim.failingFor().compareTo(settings.giveUpAfter()) < 0 ? State.WAITING : State.FAILED;
        };
        mails.record(claim, posting, now, MAIL_FAILED.after(claim.attempts() + 1));
        meters.count(claim.mail().occasion().kind(), posting, now);
        if (!(posting instanceof Posting.Sent)) {
            log.warn(
                    "Mail {} ({} of booking {}) is {}: {}",
                    claim.mail().id(),
                    claim.mail().occasion().kind(),
                    claim.mail().occasion().bookingId(),
                    now,
                    posting);
        }
    }
}
