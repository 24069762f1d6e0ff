package escale.payment.provider;

import com.stripe.exception.EventDataObjectDeserializationException;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.model.MetadataStore;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.Webhook;
import escale.payment.HearProvider.Notice;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** Tells the provider's own messages from all others, and which payment one is about. */
@Singleton
final class StripeWebhooks {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final String secret;

    /** Not the provider's, not whole, or not of now. */
    static final class NotGenuine extends Exception {
        private static final long serialVersionUID = 1;

        NotGenuine(String message) {
            super(message);
        }
    }

    StripeWebhooks(@Value("${escale.provider.webhook-secret:}") String secret) {
        this.secret = secret;
    }

    /** Empty for what is genuine and concerns no payment of ours. */
    Optional<Notice> read(byte[] body, String signature) throws NotGenuine {
        var event = verified(new String(body, StandardCharsets.UTF_8), signature);
        return notice(event);
    }

    /** Whatever the verifier throws speaks against the message: on malformed headers it throws more than it declares. */
    private Event verified(String body, String signature) throws NotGenuine {
        if (secret.isEmpty()) {
            throw new NotGenuine("No secret is configured to verify it with");
        }
        try {
            var event = Webhook.constructEvent(body, signature, secret, TOLERANCE.toSeconds());
            if (event.getId() == null
                    || event.getType() == null
                    || sentAt(signature).isAfter(Instant.now().plus(TOLERANCE))) {
                throw new NotGenuine("It is not whole, or comes from the future");
            }
            return event;
        } catch (SignatureVerificationException | RuntimeException e) {
            throw new NotGenuine("The signature does not fit, or is too old");
        }
    }

    private static Instant sentAt(String signature) {
        return Arrays.stream(signature.split(",", -1))
                .map(String::strip)
                .filter(part -> part.startsWith("t="))
                .map(part -> Instant.ofEpochSecond(Long.parseLong(part.substring(2))))
                .findFirst()
                .orElse(Instant.MAX);
    }

    /** "Unsafe" is for the SDK an event of another API version than its own; all we read of it is our own metadata. */
    private static Optional<Notice> notice(Event event) {
        try {
            return switch (event.getDataObjectDeserializer().deserializeUnsafe()) {
                case PaymentIntent intent ->
                    Optional.of(new Notice.AboutPayment(event.getId(), id(intent, StripeProvider.PAYMENT_ID)));
                case Refund refund ->
                    Optional.of(new Notice.AboutRefund(event.getId(), id(refund, StripeRefunds.REFUND_ID)));
                default -> Optional.empty();
            };
        } catch (EventDataObjectDeserializationException | RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    private static UUID id(MetadataStore<?> object, String name) {
        return UUID.fromString(object.getMetadata().get(name));
    }
}
