package escale.payment.http;

import escale.payment.Origin;
import escale.payment.cases.DeadLetter;
import io.micronaut.serde.annotation.Serdeable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dead letter as the API shows it. */
@Serdeable
record DeadLetterJson(
        UUID deadLetterId,
        DeadLetter.Status status,
        String cause,
        int attempts,
        Instant firstFailureAt,
        Instant lastFailureAt,
        @Nullable UUID paymentId,
        @Nullable UUID refundId,
        @Nullable UUID bookingId,
        @Nullable Integer chargeNo,
        @Nullable Integer cycle,
        Origin source,
        @Nullable String payload,
        @Nullable Encoding payloadEncoding,
        Map<String, String> headers,
        @Nullable String owner,
        int version) {

    enum Encoding {
        TEXT,
        BASE64
    }

    static DeadLetterJson of(DeadLetter letter) {
        var payment = letter.payment();
        var bytes = letter.payload();
        var text = bytes == null ? null : text(bytes);
        return new DeadLetterJson(
                letter.id(),
                letter.status(),
                letter.cause(),
                letter.attempts(),
                Objects.requireNonNullElse(letter.firstFailureAt(), letter.lastFailureAt()),
                letter.lastFailureAt(),
                payment == null ? null : payment.paymentId(),
                letter.refundId(),
                letter.bookingId(),
                payment == null ? null : payment.chargeNo(),
                payment == null ? null : payment.cycle(),
                letter.origin(),
                bytes == null || text != null ? text : Base64.getEncoder().encodeToString(bytes),
                bytes == null ? null : text == null ? Encoding.BASE64 : Encoding.TEXT,
                letter.headers(),
                letter.owner(),
                letter.version());
    }

    /** Null when the bytes are not UTF-8. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
