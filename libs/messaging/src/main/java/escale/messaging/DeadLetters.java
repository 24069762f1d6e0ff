package escale.messaging;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Where a record goes that nobody here can handle: its bytes unchanged, its story in the headers. */
@Singleton
public final class DeadLetters {
    private static final int LONGEST_MESSAGE = 500;

    private final Producer<String, byte[]> producer;
    private final Clock clock;
    private final String topic;

    DeadLetters(
            Producer<String, byte[]> producer, Clock clock, @Value("${escale.messaging.dead-letters}") String topic) {
        this.producer = producer;
        this.clock = clock;
        this.topic = topic;
    }

    /** Returns once the broker has it. */
    void bury(Received received, String group, int attempts, Throwable cause) {
        var letter = new ProducerRecord<String, byte[]>(
                topic,
                null,
                received.key(),
                received.payload(),
                received.record().headers());
        var headers = letter.headers();
        Envelope.put(headers, Envelope.ORIGINAL_TOPIC, received.topic());
        Envelope.put(headers, Envelope.ORIGINAL_PARTITION, Integer.toString(received.partition()));
        Envelope.put(headers, Envelope.ORIGINAL_OFFSET, Long.toString(received.offset()));
        Envelope.put(
                headers,
                Envelope.ORIGINAL_TIMESTAMP,
                Long.toString(received.record().timestamp()));
        Envelope.put(headers, Envelope.ORIGINAL_GROUP, group);
        Envelope.put(headers, Envelope.ATTEMPTS, Integer.toString(attempts));
        Envelope.put(headers, Envelope.ERROR_CLASS, cause.getClass().getName());
        Envelope.put(headers, Envelope.ERROR_MESSAGE, message(cause));
        Envelope.put(headers, Envelope.FIRST_FAILURE_AT, clock.instant().toString());
        try {
            producer.send(letter).get(15, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Could not write a dead letter", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while writing a dead letter", e);
        }
    }

    private static String message(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}
