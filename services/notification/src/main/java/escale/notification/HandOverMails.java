package escale.notification;

import escale.notification.smtp.Envelope;
import escale.notification.smtp.MailConnection;
import escale.notification.sql.DueMails;
import escale.notification.sql.SendWindow;
import escale.runtime.Failpoint;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands mails to one connection, one after the other. Between the moment a mail begins to be handed over and the moment its
 * row says so it may leave twice, if this process is lost right there; nowhere else.
 */
@Singleton
final class HandOverMails {
    private static final Logger log = LoggerFactory.getLogger(HandOverMails.class);
    static final int BATCH = 50;

    private static final Pauses FAILED = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(15));

    private final DueMails mails;
    private final SendWindow window;
    private final AddressMail address;
    private final NotificationSettings settings;
    private final MailMeters meters;
    private final Clock clock;

    HandOverMails(
            DueMails mails,
            SendWindow window,
            AddressMail address,
            NotificationSettings settings,
            MailMeters meters,
            Clock clock) {
        this.mails = mails;
        this.window = window;
        this.address = address;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** Until there are none, the connection breaks, or the time is over. */
    void over(MailConnection connection, long end) {
        List<Claim> claims;
        do {
            claims = mails.claim(BATCH, settings.hasFallback());
            handOver(claims, connection, end);
        } while (claims.size() == BATCH && connection.usable() && System.nanoTime() - end < 0);
    }

    /** Each result is written down with the beginning of the next mail, that of the last one by itself. */
    private void handOver(List<Claim> claims, MailConnection connection, long end) {
        Handover done = null;
        for (var i = 0; i < claims.size(); i++) {
            if (!connection.usable() || System.nanoTime() - end >= 0) {
                record(done);
                mails.release(claims.subList(i, claims.size()));
                return;
            }
            done = handOver(claims.get(i), done, connection);
        }
        record(done);
    }

    /** Null when another sender has the mail by now. */
    private @Nullable Handover handOver(Claim claim, @Nullable Handover before, MailConnection connection) {
        return switch (ready(claim)) {
            case Ready.Not(var cause) -> {
                record(before);
                yield done(claim, new Posting.Refused(cause));
            }
            case Ready.ToGo(var envelope) -> {
                var mine = window.next(before, claim);
                tell(before);
                yield mine ? done(claim, Failpoint.AFTER_MAIL_SENT.passing(connection.post(envelope))) : null;
            }
        };
    }

    /** Whether a mail can leave at all. */
    private sealed interface Ready {
        record ToGo(Envelope envelope) implements Ready {}

        record Not(String cause) implements Ready {}
    }

    private Ready ready(Claim claim) {
        var traveller = claim.traveller();
        if (traveller != null && traveller.erased()) {
            return new Ready.Not("traveller-erased");
        }
        if (outdated(claim.mail().matter())) {
            return new Ready.Not("outdated");
        }
        try {
            return new Ready.ToGo(address.envelope(claim));
        } catch (RuntimeException unwritable) { // a fault of ours, of which the others behind it know nothing
            log.error("Mail {} cannot be written", claim.mail().id(), unwritable);
            return new Ready.Not("unwritable");
        }
    }

    /** An invitation to act that arrives too late only leads astray. */
    private boolean outdated(Matter matter) {
        return switch (matter) {
            case Matter.OfOutage _ -> false;
            case Matter.OfBooking(var occasion, var facts) -> {
                var until = facts.expiresAt();
                yield switch (occasion.kind()) {
                    case RESERVED, PAY_LINK, ACTION_REQUIRED ->
                        until != null && clock.instant().isAfter(until);
                    case REMINDER -> clock.instant().isAfter(facts.startsAt());
                    case CONFIRMED, PAYMENT_DECLINED, PAYMENT_FAILED, NEEDS_ATTENTION, CANCELLED, EXPIRED, REFUNDED ->
                        false;
                };
            }
        };
    }

    private Handover done(Claim claim, Posting posting) {
        var now = switch (posting) {
            case Posting.Sent _ -> State.SENT;
            case Posting.Refused _ -> State.FAILED;
            case Posting.Deferred _, Posting.Doubtful _ ->
                claim.failingFor().compareTo(settings.giveUpAfter()) < 0 ? State.WAITING : State.FAILED;
        };
        return new Handover(claim, posting, now, FAILED.after(claim.attempts() + 1));
    }

    private void record(@Nullable Handover done) {
        if (done != null) {
            window.record(done);
        }
        tell(done);
    }

    private void tell(@Nullable Handover done) {
        if (done == null) {
            return;
        }
        var mail = done.claim().mail();
        meters.count(mail.matter().kind(), done.posting(), done.now());
        if (!(done.posting() instanceof Posting.Sent)) {
            log.warn("Mail {} ({}) is {}: {}", mail.id(), about(mail.matter()), done.now(), done.posting());
        }
    }

    private static String about(Matter matter) {
        return switch (matter) {
            case Matter.OfBooking booking ->
                matter.kind() + " of booking " + booking.occasion().bookingId();
            case Matter.OfOutage(var outageId) -> matter.kind() + " after outage " + outageId;
        };
    }
}
