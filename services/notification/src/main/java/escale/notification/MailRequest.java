package escale.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What another service wants a traveller to be told; tour and time are those of the departure. */
public record MailRequest(
        Occasion occasion,
        String userId,
        UUID departureId,
        @Nullable Language language,
        int people,
        long amount,
        String currency,
        @Nullable Long refundAmount,
        @Nullable String link,
        @Nullable Instant expiresAt) {

    public MailRequest {
        if (userId.isBlank() || userId.length() > 64 || userId.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("userId: must be 1 to 64 printable characters");
        }
        if (people < 1) {
            throw new IllegalArgumentException("people: must be 1 or more");
        }
        if (amount < 1) {
            throw new IllegalArgumentException("amount: must be 1 or more");
        }
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency: must be three capital letters");
        }
        if (link != null && (link.length() > 2_048 || !link.matches("https?://[^\\s/]\\S*"))) {
            throw new IllegalArgumentException("link: must be an http or https address of at most 2048 characters");
        }
        var isRefund = occasion.kind() == Kind.REFUNDED;
        if (isRefund != (refundAmount != null)) {
            throw new IllegalArgumentException("refundAmount: goes with REFUNDED, and with nothing else");
        }
        if (isRefund != (occasion.refundId() != null)) {
            throw new IllegalArgumentException("refundId: goes with REFUNDED, and with nothing else");
        }
        if (refundAmount != null && refundAmount < 1) {
            throw new IllegalArgumentException("refundAmount: must be 1 or more");
        }
        var isToAct = occasion.kind() == Kind.ACTION_REQUIRED || occasion.kind() == Kind.PAY_LINK;
        if (isToAct && link == null) {
            throw new IllegalArgumentException("link: is required, or the traveller cannot act");
        }
    }
}
