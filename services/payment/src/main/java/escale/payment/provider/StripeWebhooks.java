package escale.payment.provider;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import escale.payment.HearProvider.Notice;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the provider's own messages from all others, and which payment one is about. */
@Singleton
final class StripeWebhooks {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final JsonMapper json;
    private final String secret;

    /** Not the provider's, not whole, or not of now. */
    static final class NotGenuine extends Exception {
        private static final long serialVersionUID = 1;

        NotGenuine(String message) {
            super(message);
        }
    }

    StripeWebhooks(JsonMapper json, @Value("${escale.provider.webhook-secret:}") String secret) {
        this.json = json;
        this.secret = secret;
    }

    /** Empty for what is genuine and concerns no payment of ours. */
    Optional<Notice> read(byte[] body, String signature) throws NotGenuine {
        verify(new String(body, StandardCharsets.UTF_8), signature);
        return notice(body);
    }

    /** Whatever the verifier throws speaks against the message: on malformed headers it throws more than it declares. */
    private void verify(String body, String signature) throws NotGenuine {
        if (secret.isEmpty()) {
            throw new NotGenuine("No secret is configured to verify it with");
        }
        try {
            if (!Webhook.Signature.verifyHeader(body, signature, secret, TOLERANCE.toSeconds())
                    || sentAt(signature).isAfter(Instant.now().plus(TOLERANCE))) {
                throw new NotGenuine("The signature does not fit, or comes from the future");
            }
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

    /** All we read is our own metadata, which is the same in every API version; the SDK would build the whole object. */
    private Optional<Notice> notice(byte[] body) throws NotGenuine {
        var event = parsed(body);
        var id = text(event, "id").orElseThrow(() -> new NotGenuine("It is not whole: it has no id"));
        if (text(event, "type").isEmpty()) {
            throw new NotGenuine("It is not whole: it has no type");
        }
        var object = member(member(event, "data"), "object");
        var metadata = member(object, "metadata");
        return switch (text(object, "object").orElse("")) {
            case "payment_intent" ->
                uuid(metadata, FindIntent.PAYMENT_ID).map(payment -> new Notice.AboutPayment(id, payment));
            case "refund" -> uuid(metadata, StripeRefunds.REFUND_ID).map(refund -> new Notice.AboutRefund(id, refund));
            default -> Optional.empty();
        };
    }

    private JsonNode parsed(byte[] body) throws NotGenuine {
        try {
            return json.readValue(body, Argument.of(JsonNode.class));
        } catch (IOException e) {
            throw new NotGenuine("It is not JSON");
        }
    }

    private static @Nullable JsonNode member(@Nullable JsonNode object, String name) {
        return object == null ? null : object.get(name);
    }

    private static Optional<String> text(@Nullable JsonNode object, String name) {
        return Optional.ofNullable(member(object, name))
                .filter(JsonNode::isString)
                .map(JsonNode::getStringValue);
    }

    /** Metadata that is not ours may say anything under our names. */
    private static Optional<UUID> uuid(@Nullable JsonNode metadata, String name) {
        return text(metadata, name).flatMap(value -> {
            try {
                return Optional.of(UUID.fromString(value));
            } catch (IllegalArgumentException notOurs) {
                return Optional.empty();
            }
        });
    }
}
