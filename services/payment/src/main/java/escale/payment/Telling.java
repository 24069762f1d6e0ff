package escale.payment;

import escale.messaging.Envelope;
import escale.messaging.Event;
import escale.messaging.Json;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Objects;

/** Puts into words what an attempt came to: for booking, for the next attempt, and for the people at the dead letters. */
@Singleton
public final class Telling {
    public static final String TOPIC = "payment.events";
    static final String DEAD_LETTERS = "payments.dlt";

    private final Json json;
    private final Clock clock;
    private final Clock machine;
    private final String worker;

    Telling(Json json, Clock clock, @Named("machine") Clock machine, @Value("${escale.instance}") String worker) {
        this.json = json;
        this.clock = clock;
        this.machine = machine;
        this.worker = worker;
    }

    Instant now() {
        return clock.instant();
    }

    public PaymentEvent.About about(Payment payment, Origin origin) {
        var order = payment.order();
        return new PaymentEvent.About(
                order.paymentId(),
                order.bookingId(),
                order.chargeNo(),
                payment.version() + 1,
                order.amount(),
                order.currency(),
                payment.attempt(),
                payment.cycle(),
                worker,
                origin,
                now());
    }

    public Event booking(Payment payment, PaymentEvent event) {
        return new Event(
                TOPIC,
                key(payment),
                event.type(),
                json.write(event),
                payment.order().trace());
    }

    /** The right to the next attempt, on the topic where it waits. */
    public Event retry(Payment payment, int attempt, String topic, Duration delay) {
        var record = record(payment, attempt, machine.instant().plus(delay));
        return new Event(
                topic,
                key(payment),
                RetryRecord.TYPE,
                json.write(record),
                payment.order().trace());
    }

    /** What is left when the ladder has ended: the last ticket, with its story in the headers. */
    Event deadLetter(Payment payment, String cause, Origin origin) {
        var story = new LinkedHashMap<String, String>();
        story.put(Envelope.ORIGINAL_TOPIC, origin.topic());
        story.put(Envelope.ORIGINAL_PARTITION, Integer.toString(origin.partition()));
        story.put(Envelope.ORIGINAL_OFFSET, Long.toString(origin.offset()));
        story.put(Envelope.ATTEMPTS, Integer.toString(payment.attempt()));
        story.put(Envelope.ERROR_CLASS, cause);
        story.put(
                Envelope.FIRST_FAILURE_AT,
                Objects.requireNonNullElseGet(payment.firstFailureAt(), machine::instant)
                        .toString());
        var record = record(payment, payment.attempt(), machine.instant());
        return new Event(
                DEAD_LETTERS,
                key(payment),
                RetryRecord.TYPE,
                json.write(record),
                payment.order().trace(),
                story);
    }

    private static RetryRecord record(Payment payment, int attempt, Instant notBefore) {
        var order = payment.order();
        return new RetryRecord(
                order.paymentId(), order.bookingId(), order.chargeNo(), payment.cycle(), attempt, notBefore);
    }

    private static String key(Payment payment) {
        return payment.order().bookingId().toString();
    }
}
