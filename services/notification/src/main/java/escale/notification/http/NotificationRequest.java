package escale.notification.http;

import escale.http.Input;
import escale.http.RequestHash;
import escale.notification.Kind;
import escale.notification.Language;
import escale.notification.MailRequest;
import escale.notification.Occasion;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body by which a service asks for a mail. */
@Serdeable
record NotificationRequest(
        Kind kind,
        String userId,
        UUID bookingId,
        int chargeNo,
        UUID departureId,
        int people,
        long amount,
        String currency,
        @Nullable String locale,
        @Nullable UUID refundId,
        @Nullable Long refundAmount,
        @Nullable String link,
        @Nullable Instant expiresAt) {

    public NotificationRequest {
        if (locale != null && Language.named(locale) == null) {
            throw new IllegalArgumentException("locale: must be fr or en");
        }
    }

    MailRequest mail() {
        return Input.of(() -> new MailRequest(
                new Occasion(bookingId, kind, chargeNo, refundId, null),
                userId,
                departureId,
                Language.named(locale),
                people,
                amount,
                currency,
                refundAmount,
                link,
                expiresAt));
    }

    byte[] hash() {
        return RequestHash.of(
                kind,
                userId,
                bookingId,
                chargeNo,
                departureId,
                people,
                amount,
                currency,
                locale,
                refundId,
                refundAmount,
                link,
                expiresAt);
    }
}
