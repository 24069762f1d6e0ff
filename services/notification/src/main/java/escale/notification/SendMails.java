package escale.notification;

import escale.notification.letter.Letters;
import escale.notification.letter.Topic;
import escale.notification.smtp.Envelope;
import escale.notification.smtp.MailConnection;
import escale.notification.smtp.MailServer;
import escale.notification.smtp.MailServerAway;
import escale.notification.smtp.SmtpSettings;
import escale.notification.sql.DueMails;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, over a few connections with many mails each. Between the moment a mail begins to be handed over and the moment
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
            Clock clock,
            SmtpSettings smtp) {
        if (settings.lease().compareTo(smtp.deadline()) <= 0) {
            throw new IllegalArgumentException(
                    "MAIL_LEASE must be longer than SMTP_DEADLINE: a mail that is still being"
                            + " handed over by one sender must not go to another");
        }
        this.mails = mails;
        this.server = server;
        this.settings = settings;
        this.addresses = addresses;
        this.meters = meters;
        this.clock = clock;
    }

    /** All that is due, or as much as a second allows. */
    void round() {
        if (System.nanoTime() - restUntil < 0 || mails.due(1) == 0) {
            return;
        }
        if (!settings.hasFallback()) {
            mails.holdForTravellers();
        }
        var end = System.nanoTime() + LONGEST_ROUND.toNanos();
        var wanted = Math.ceilDiv(mails.due(BATCH * settings.connections()), BATCH);
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var conversations = IntStream.range(0, wanted)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> converse(end), senders))
                    .toList();
            var failures = conversations.stream()
                    .map(CompletableFuture::join)
                    .flatMap(Optional::stream)
                    .toList();
            if (wanted > 0) {
                rest(failures.size() == wanted ? failures.getFirst() : null);
            }
        }
    }

    /** One connection for many mails, until there are none or the round is over; returns why there was no connection. */
    private Optional<MailServerAway> converse(long end) {
        try (var connection = server.connect()) {
            List<Claim> claims;
            do {
                claims = mails.claim(BATCH);
                send(claims, connection, end);
            } while (!claims.isEmpty() && connection.usable() && System.nanoTime() - end < 0);
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
