package escale.payment.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Envelope;
import escale.messaging.Handler;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.messaging.Malformed;
import escale.messaging.Received;
import escale.payment.Origin;
import escale.payment.RetryRecord;
import escale.payment.cases.Cases;
import escale.payment.cases.DeadLetter;
import escale.runtime.Ids;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a case of each dead letter, whatever is in it: here nothing may be unreadable any more. */
@Factory
final class DeadLetterListener {

    @Singleton
    @Named("dead-letters")
    DueConsumer deadLetters(Consumers consumers, Cases cases, Json json) {
        return consumers.of(Intake.of("payment-dead-letters", 16, "payments.dlt"), received -> {
            cases.open(letter(received, json));
            return Handler.Handling.DONE;
        });
    }

    private static DeadLetter letter(Received received, Json json) {
        var about = about(received, json);
        return new DeadLetter(
                Ids.next(),
                about == null ? null : about.ticket(),
                null,
                about == null ? null : about.bookingId(),
                received.key(),
                origin(received),
                received.type(),
                Objects.requireNonNullElse(received.header(Envelope.ERROR_CLASS), "unknown"),
                (int) number(received, Envelope.ATTEMPTS, 0),
                firstFailure(received),
                received.timestamp(),
                received.payload(),
                received.headers(),
                DeadLetter.Status.OPEN,
                null,
                1,
                received.timestamp());
    }

    /** The payment it is about, if that can still be read. */
    private static @Nullable RetryRecord about(Received received, Json json) {
        try {
            return switch (received.type()) {
                case RetryRecord.TYPE -> json.read(received, RetryRecord.class);
                case PaymentRequested.TYPE -> {
                    var order = json.read(received, PaymentRequested.class);
                    yield new RetryRecord(
                            order.paymentId(), order.bookingId(), order.chargeNo(), 1, 1, received.timestamp());
                }
                default -> null;
            };
        } catch (Malformed unreadable) {
            return null;
        }
    }

    /** Where it failed; a letter that does not say was written to the topic by itself. */
    private static Origin origin(Received received) {
        var topic = received.header(Envelope.ORIGINAL_TOPIC);
        return topic == null
                ? new Origin(received.topic(), received.partition(), received.offset())
                : new Origin(
                        topic,
                        (int) number(received, Envelope.ORIGINAL_PARTITION, received.partition()),
                        number(received, Envelope.ORIGINAL_OFFSET, received.offset()));
    }

    private static long number(Received received, String header, long otherwise) {
        try {
            var value = received.header(header);
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static @Nullable Instant firstFailure(Received received) {
        try {
            var value = received.header(Envelope.FIRST_FAILURE_AT);
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
