package escale.notification.kafka;

import escale.messaging.Json;
import escale.messaging.Received;
import escale.notification.Alert;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;

/** What payment tells, as far as the support team has to know. */
sealed interface PaymentEvent {

    record Alarming(Alert alert) implements PaymentEvent {}

    /** Nothing to be alarmed about, or not known to this version. */
    record Other() implements PaymentEvent {}

    @Serdeable
    record Exhausted(UUID bookingId, int chargeNo, int cycle, int attempts, String cause, String proof) {}

    @Serdeable
    record OutageStarted(UUID outageId, Instant since) {}

    @Serdeable
    record OutageEnded(UUID outageId, Instant since, Instant until) {}

    static PaymentEvent of(Received received, Json json) {
        return switch (received.type()) {
            case "payment.exhausted" -> {
                var event = json.read(received, Exhausted.class);
                yield new Alarming(new Alert.PaymentExhausted(
                        event.bookingId, event.chargeNo, event.cycle, event.attempts, event.cause, event.proof));
            }
            case "payment.outage-started" -> {
                var event = json.read(received, OutageStarted.class);
                yield new Alarming(new Alert.OutageStarted(event.outageId, event.since));
            }
            case "payment.outage-ended" -> {
                var event = json.read(received, OutageEnded.class);
                yield new Alarming(new Alert.OutageEnded(event.outageId, event.since, event.until));
            }
            default -> new Other();
        };
    }
}
