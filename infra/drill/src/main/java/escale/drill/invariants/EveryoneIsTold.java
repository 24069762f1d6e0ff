package escale.drill.invariants;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import escale.drill.world.Booking;
import escale.drill.world.Letter;
import escale.drill.world.Mail;
import escale.drill.world.MailSink;
import escale.drill.world.Story;
import escale.drill.world.World;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whoever must know how a booking stands has a mail about it, and what notification sent has arrived, once: each letter in
 * the mail sink is one of notification's mails about a booking that exists, and a mail arrived no more than one time more
 * often than notification doubts whether it left. What left before the sink was last emptied is not looked for.
 */
final class EveryoneIsTold implements Invariant {
    private final Violations violations = new Violations();
    private final MailSink sink;
    private long bookings;
    private long mails;
    private long looked;
    private long before;
    private long twice;

    EveryoneIsTold(MailSink sink) {
        this.sink = sink;
    }

    @Override
    public String id() {
        return "I9";
    }

    @Override
    public String sentence() {
        return "everyone is told";
    }

    @Override
    public void see(Story story) {
        mails += story.mails().size();
        var booking = story.booking();
        if (booking != null) {
            bookings++;
            var kinds = kinds(booking);
            if (!kinds.isEmpty() && story.mails().stream().map(Mail::kind).noneMatch(kinds::contains)) {
                violations.add("booking %s is %s and has no mail %s".formatted(story.id(), booking.status(), kinds));
            }
        }
        seeArrived(story, booking);
    }

    /** One of these must be there. */
    private static List<String> kinds(Booking booking) {
        return switch (booking.status()) {
            case CONFIRMED -> List.of("CONFIRMED");
            case RESERVED_PENDING_PAYMENT -> List.of("RESERVED");
            case PAYMENT_FAILED -> List.of("PAYMENT_DECLINED", "PAYMENT_FAILED");
            case CANCELLED -> List.of("CANCELLED");
            case EXPIRED -> List.of("EXPIRED");
            case REFUNDED -> List.of("REFUNDED");
            case PENDING_PAYMENT -> booking.needsAttention() ? List.of("NEEDS_ATTENTION") : List.of();
            case ACTION_REQUIRED, REFUND_PENDING -> List.of();
        };
    }

    private void seeArrived(Story story, @Nullable Booking booking) {
        var arrived = story.letters().stream()
                .filter(letter -> letter.mail() != null)
                .collect(groupingBy(Letter::mail, counting()));
        for (var mail : story.mails()) {
            seeArrived(mail, arrived.getOrDefault(mail.id(), 0L));
        }
        var written = story.mails().stream().collect(Collectors.toMap(Mail::id, Function.identity()));
        for (var letter : story.letters()) {
            if (booking == null) {
                violations.add("a mail %s arrived about booking %s, which does not exist"
                        .formatted(letter.kind(), story.id()));
            } else if (!isOf(letter, written)) {
                violations.add("a mail %s of booking %s arrived as %s, which is none of notification's"
                        .formatted(letter.kind(), story.id(), letter.mail()));
            }
        }
    }

    private static boolean isOf(Letter letter, Map<UUID, Mail> written) {
        var mail = letter.mail() == null ? null : written.get(letter.mail());
        return mail != null && mail.kind().equals(letter.kind());
    }

    private void seeArrived(Mail mail, long times) {
        var sentAt = mail.sentAt();
        if (mail.overdue()) {
            violations.add("mail %s %s of booking %s should have left and has not"
                    .formatted(mail.kind(), mail.id(), mail.booking()));
        }
        if (sentAt != null && sink.readable()) {
            if (sink.heard(sentAt)) {
                looked++;
                if (times == 0) {
                    violations.add("mail %s %s of booking %s was sent at %s and never arrived"
                            .formatted(mail.kind(), mail.id(), mail.booking(), sentAt));
                }
            } else {
                before++;
            }
        }
        if (times > 1) {
            twice += times - 1;
            if (times - 1 > mail.doubts()) {
                violations.add("mail %s %s of booking %s arrived %d times, and notification doubts %d of them"
                        .formatted(mail.kind(), mail.id(), mail.booking(), times, mail.doubts()));
            }
        }
    }

    @Override
    public Finding conclude(World world) {
        var compared = "%d bookings, %d mails; ".formatted(bookings, mails);
        if (!sink.readable()) {
            return violations.over(this, compared + "mail sink not readable here");
        }
        return violations.over(
                this,
                compared
                        + "%d letters about bookings in the sink, %d of them again after a doubt; %d mails looked for%s"
                                .formatted(
                                        sink.letters().size(),
                                        twice,
                                        looked,
                                        before == 0 ? "" : ", %d not: the sink was emptied since".formatted(before)));
    }
}
