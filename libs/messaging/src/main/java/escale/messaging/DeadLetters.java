package escale.messaging;

import escale.runtime.Failpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Where a record goes that nobody here can handle: its bytes unchanged, its story in the headers. */
@Singleton
public final class DeadLetters {
    private static final int LONGEST_MESSAGE = 500;

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final Counter written;

    DeadLetters(
            Producer<String, byte[]> producer,
            @Value("${escale.messaging.dead-letters}") String topic,
            MeterRegistry metrics) {
        this.producer = producer;
        this.topic = topic;
        this.written = Counter.builder("escale.dead.letters.written")
                .description("Records that nobody here could handle")
                .tag("topic", topic)
                .register(metrics);
    }

    /** Returns once the broker has it. */
    void bury(Received received, String group, int attempts, Instant firstFailure, Throwable cause) {
        var story = story(received, group, attempts, firstFailure, cause);
        Failpoint.DEAD_LETTER_BEFORE_PUBLISH.pass();
        try {
            send(received.key(), received.payload(), story);
        } catch (RecordTooLargeException withItsStory) {
            // Better a letter that says where the payload lies than a partition that stands still for ever.
            Envelope.put(story, Envelope.PAYLOAD_OMITTED, message(withItsStory));
            send(received.key(), null, story);
        }
        written.increment();
    }

    private static Headers story(Received received, String group, int attempts, Instant firstFailure, Throwable cause) {
        var record = received.record();
        var story = new RecordHeaders(record.headers());
        Envelope.put(story, Envelope.ORIGINAL_TOPIC, received.topic());
        Envelope.put(story, Envelope.ORIGINAL_PARTITION, Integer.toString(received.partition()));
        Envelope.put(story, Envelope.ORIGINAL_OFFSET, Long.toString(received.offset()));
        Envelope.put(story, Envelope.ORIGINAL_TIMESTAMP, Long.toString(record.timestamp()));
        Envelope.put(story, Envelope.ORIGINAL_GROUP, group);
        Envelope.put(story, Envelope.ATTEMPTS, Integer.toString(attempts));
        Envelope.put(story, Envelope.ERROR_CLASS, cause.getClass().getName());
        Envelope.put(story, Envelope.ERROR_MESSAGE, message(cause));
        if (received.header(Envelope.FIRST_FAILURE_AT) == null) { // a letter that was replayed has failed before
            Envelope.put(story, Envelope.FIRST_FAILURE_AT, firstFailure.toString());
        }
        return story;
    }

    private void send(@Nullable String key, byte @Nullable [] payload, Headers headers) {
        try {
            producer.send(new ProducerRecord<>(topic, null, key, payload, headers))
                    .get(15, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RecordTooLargeException tooLarge
                    ? tooLarge
                    : new KafkaException("Could not write a dead letter", e);
        } catch (TimeoutException e) {
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
