package escale.notification;

import escale.notification.letter.Letters;
import escale.notification.letter.Topic;
import escale.notification.smtp.Envelope;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a mail into words and into an envelope for whoever its traveller is today. */
@Singleton
final class AddressMail {
    private final NotificationSettings settings;
    private final Addresses addresses;
    private final Clock clock;

    AddressMail(NotificationSettings settings, Addresses addresses, Clock clock) {
        this.settings = settings;
        this.addresses = addresses;
        this.clock = clock;
    }

    Envelope envelope(Claim claim) {
        var mail = claim.mail();
        var to = addresses.of(mail.userId(), claim.traveller());
        var spoken = claim.traveller() == null ? null : claim.traveller().language();
        var language = Objects.requireNonNullElse(mail.language(), Objects.requireNonNullElse(spoken, Language.FR));
        var letter = switch (mail.matter()) {
            case Matter.OfBooking(var occasion, var facts) ->
                Letters.write(language, topic(occasion, facts, to.name()));
            case Matter.OfOutage _ -> Letters.possibleAgain(language, to.name(), settings.site(), settings.support());
        };
        return new Envelope(
                new Recipient(settings.from(), settings.fromName()),
                settings.support(),
                to,
                mail,
                language,
                letter,
                clock.instant());
    }

    private Topic topic(Occasion occasion, Facts facts, @Nullable String name) {
        var bookingId = occasion.bookingId();
        return new Topic(
                occasion.kind(),
                bookingId,
                facts,
                name,
                settings.site() + "/bookings/" + bookingId,
                settings.support());
    }
}
