package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.sql.DatabaseFault;
import escale.testkit.Kafka;
import escale.testkit.TopicProbe;
import io.micronaut.health.HealthStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What becomes of a record whose handler throws. */
class FailureIT {
    private final String group = Kafka.fresh("group");
    private final String topic = Kafka.createTopic(Kafka.fresh("orders"), 1);
    private final String letters = Kafka.createTopic(Kafka.fresh("letters"), 1);

    @Test
    void poison_becomes_a_dead_letter_with_its_bytes_and_its_story_and_the_partition_moves_on() {
        var bytes = new byte[] {(byte) 0xFF, 0, (byte) 0xC3, '{', 13, 10};
        var poison = Kafka.topics()
                .produce(topic, "marie", bytes, Map.of("ce_type", "payment.requested", "traceparent", "00-t-s-01"));
        Kafka.topics().produce(topic, "marie", "sound");
        try (var probe = Kafka.topics().probe(letters);
                var worker = worker(received -> {
                    if (received.offset() == poison.offset()) {
                        throw new Malformed("not JSON");
                    }
                    return DONE;
                })) {
            var letter = probe.await(1).getFirst();
            assertThat(letter.key()).isEqualTo("marie");
            assertThat(letter.value()).isEqualTo(bytes);
            assertThat(letter.headers())
                    .containsEntry("ce_type", "payment.requested")
                    .containsEntry("traceparent", "00-t-s-01")
                    .containsEntry("kafka_dlt-original-topic", topic)
                    .containsEntry("kafka_dlt-original-partition", "0")
                    .containsEntry("kafka_dlt-original-offset", Long.toString(poison.offset()))
                    .containsEntry("kafka_dlt-original-timestamp", Long.toString(poison.timestamp()))
                    .containsEntry("kafka_dlt-original-consumer-group", group)
                    .containsEntry("retry_topic-attempts", "1")
                    .containsEntry("error-class", Malformed.class.getName())
                    .containsEntry("error-message", "not JSON");
            assertThat(Instant.parse(letter.headers().get("first-failure-at")))
                    .isBefore(Instant.now().plusSeconds(1));
            await().until(() -> Worker.committed(group, topic) == 2);
            assertThat(worker.doneOf("marie")).containsExactly("sound");
            assertThat(worker.metrics
                            .get("escale.dead.letters.written")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_record_that_fails_by_itself_is_buried_after_five_tries_and_the_next_of_its_key_runs() {
        Kafka.topics().produce(topic, "marie", "bad");
        Kafka.topics().produce(topic, "marie", "good");
        try (var probe = Kafka.topics().probe(letters);
                var worker = worker(received -> {
                    if (Worker.text(received).equals("bad")) {
                        throw new IllegalStateException("a bug");
                    }
                    return DONE;
                })) {
            assertThat(probe.await(1).getFirst().headers()).containsEntry("retry_topic-attempts", "5");
            await().until(() -> worker.doneOf("marie").equals(List.of("good")));
            assertThat(worker.begun).hasSize(6);
        }
    }

    @Test
    void an_error_is_buried_too_and_skips_nothing_that_waits_behind_it() {
        Kafka.topics().produce(topic, "marie", "bad");
        Kafka.topics().produce(topic, "marie", "good");
        Kafka.topics().produce(topic, "marie", "better");
        try (var probe = Kafka.topics().probe(letters);
                var worker = worker(received -> {
                    if (Worker.text(received).equals("bad")) {
                        throw new StackOverflowError();
                    }
                    return DONE;
                })) {
            assertThat(probe.await(1).getFirst().headers())
                    .containsEntry("error-class", StackOverflowError.class.getName());
            await().until(() -> worker.doneOf("marie").equals(List.of("good", "better")));
        }
    }

    @Test
    void surroundings_that_are_away_are_waited_for_beyond_any_number_of_tries() {
        var tries = new AtomicInteger();
        Kafka.topics().produce(topic, "marie", "first");
        Kafka.topics().produce(topic, "marie", "second");
        Kafka.topics().produce(topic, "paul", "other");
        try (var probe = Kafka.topics().probe(letters);
                var worker = worker(received -> {
                    if (Worker.text(received).equals("first")) {
                        switch (tries.incrementAndGet()) {
                            case 1, 4 -> throw new DatabaseFault(new SQLException("refused", "08001"));
                            case 2, 5 -> throw new TimeoutException("no broker");
                            case 3, 6 -> throw new IOException("reset");
                            default ->
                                assertThat(Worker.committed(group, topic)).isZero();
                        }
                    }
                    return DONE;
                })) {
            await().until(() -> worker.doneOf("paul").size() == 1);
            await().until(() -> worker.doneOf("marie").equals(List.of("first", "second")));
            await().until(() -> Worker.committed(group, topic) == 3);
            assertThat(tries).hasValue(7);
            assertThat(probe.records()).isEmpty();
        }
    }

    @Test
    void data_that_the_database_refuses_is_the_records_own_fault() {
        Kafka.topics().produce(topic, "marie", "bad");
        try (var probe = Kafka.topics().probe(letters);
                var _ = worker(_ -> {
                    throw new DatabaseFault(new SQLException("value too long", "22001"));
                })) {
            assertThat(probe.await(1).getFirst().headers()).containsEntry("retry_topic-attempts", "5");
        }
    }

    @Test
    void a_record_without_key_or_payload_can_be_buried() {
        Kafka.topics().produce(topic, null, null, Map.of());
        try (var probe = Kafka.topics().probe(letters);
                var _ = worker(_ -> {
                    throw new Malformed("nothing in it");
                })) {
            assertThat(probe.await(1)).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isNull();
                assertThat(letter.value()).isNull();
            });
        }
    }

    /** A partition must not stand still behind a record that fits into its topic but, with its story, into no other. */
    @Test
    void a_record_too_large_to_be_buried_whole_leaves_a_letter_that_says_where_it_lies() {
        var large = new byte[1024 * 1024 - 150];
        new Random(1).nextBytes(large); // nothing to compress
        Kafka.topics().produce(topic, "marie", large, Map.of());
        Kafka.topics().produce(topic, "marie", "sound");
        try (var probe = Kafka.topics().probe(letters);
                var worker = worker(received -> {
                    if (received.offset() == 0) {
                        throw new Malformed("noise");
                    }
                    return DONE;
                })) {
            var letter = probe.await(1).getFirst();
            assertThat(letter.value()).isNull();
            assertThat(letter.headers())
                    .containsKey("payload-omitted")
                    .containsEntry("kafka_dlt-original-topic", topic)
                    .containsEntry("kafka_dlt-original-offset", "0");
            await().until(() -> worker.doneOf("marie").equals(List.of("sound")));
        }
    }

    @Test
    void a_letter_that_cannot_be_written_holds_its_record_and_not_the_others() {
        var nowhere = Kafka.fresh("made-later");
        Kafka.topics().produce(topic, "marie", "bad");
        Kafka.topics().produce(topic, "paul", "good");
        try (var worker = Worker.burying(nowhere, Worker.intake(group, 4, topic), Gate.OPEN, received -> {
            if ("marie".equals(received.key())) {
                throw new Malformed("noise");
            }
            return DONE;
        })) {
            await().until(() -> worker.doneOf("paul").size() == 1);
            assertThat(Worker.committed(group, topic)).isZero();

            Kafka.createTopic(nowhere, 1);
            try (var probe = Kafka.topics().probe(nowhere)) {
                assertThat(probe.await(1)).extracting(TopicProbe.Message::text).containsExactly("bad");
            }
            await().until(() -> Worker.committed(group, topic) == 2);
        }
    }

    @Test
    void a_dead_poll_thread_turns_liveness_down() {
        Kafka.topics().produce(topic, "marie", "x");
        try (var worker = Worker.on(
                Worker.intake(group, 4, topic),
                () -> {
                    throw new IllegalStateException("a bug on the poll thread");
                },
                _ -> DONE)) {
            var liveness = new ConsumersAlive(List.of(worker.consumer));
            await().until(() -> health(liveness) == HealthStatus.DOWN);
        }
        var healthy = new ConsumersAlive(List.of());
        assertThat(health(healthy)).isEqualTo(HealthStatus.UP);
    }

    private static HealthStatus health(ConsumersAlive alive) {
        return Mono.from(alive.getResult()).block().getStatus();
    }

    private Worker worker(Handler handler) {
        return Worker.burying(letters, Worker.intake(group, 4, topic), Gate.OPEN, handler);
    }
}
