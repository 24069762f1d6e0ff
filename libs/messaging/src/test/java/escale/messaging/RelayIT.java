package escale.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import escale.testkit.Kafka;
import escale.testkit.Postgres;
import escale.testkit.TopicProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is committed is told, in order, and nothing else is. */
class RelayIT {
    private final Postgres.Database database = Instance.freshDatabase();
    private final String topic = Kafka.createTopic(Kafka.fresh("told"), 3);

    @Test
    void what_is_committed_is_told_in_the_order_of_each_key() {
        try (var instance = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic)) {
            for (var i = 0; i < 200; i++) {
                instance.decide(topic, "key-" + i % 5, Integer.toString(i));
            }

            var told = probe.await(200);
            for (var key = 0; key < 5; key++) {
                assertThat(payloads(told, "key-" + key)).isEqualTo(everyFifth(key));
            }
            await().untilAsserted(() -> assertThat(instance.waiting()).isZero());
        }
    }

    private static List<String> everyFifth(int first) {
        return IntStream.iterate(first, i -> i < 200, i -> i + 5)
                .mapToObj(Integer::toString)
                .toList();
    }

    @Test
    void an_event_carries_its_request_and_a_tombstone_carries_nothing() {
        try (var instance = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic)) {
            var event = Instance.event(topic, "marie", "{}");
            instance.decide(List.of(new Event(
                    topic, "marie", event.type(), null, event.trace(), Map.of("note", "x", "ce_id", "forged"))));

            var told = probe.await(1).getFirst();
            assertThat(told.value()).isNull();
            assertThat(told.headers())
                    .containsEntry("traceparent", "00-trace-span-01")
                    .containsEntry("x-request-id", "request-1")
                    .containsEntry("note", "x")
                    .containsEntry("ce_source", "/escale/test")
                    .doesNotContainEntry("ce_id", "forged");
        }
    }

    @Test
    void a_rollback_leaves_nothing_to_tell() {
        try (var instance = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic)) {
            assertThatThrownBy(() -> instance.database.transaction(tx -> {
                        instance.outbox.add(tx, List.of(Instance.event(topic, "k", "undone")));
                        throw new IllegalStateException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            instance.decide(topic, "k", "done");

            assertThat(probe.await(1)).extracting(TopicProbe.Message::text).containsExactly("done");
            await().until(() -> instance.waiting() == 0);
            assertThat(probe.records()).hasSize(1);
        }
    }

    @Test
    void the_largest_event_there_may_be_is_told() {
        try (var instance = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic)) {
            instance.decide(topic, "k", "x".repeat(Event.LARGEST));

            assertThat(probe.await(1).getFirst().value()).hasSize(Event.LARGEST);
        }
    }

    /** As after an outage: more than one pass can take. */
    @Test
    void a_backlog_is_told_in_order_and_to_its_end() {
        try (var instance = Instance.on(database);
                var probe = Kafka.topics().probe(topic)) {
            var count = 3 * RelayPass.LARGEST;
            instance.decide(IntStream.range(0, count)
                    .mapToObj(i -> Instance.event(topic, "k", Integer.toString(i)))
                    .toList());

            instance.telling();

            assertThat(payloads(probe.await(count), "k"))
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void two_instances_tell_each_event_once_and_in_order() throws Exception {
        try (var one = Instance.on(database).telling();
                var two = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic);
                var deciders = Executors.newVirtualThreadPerTaskExecutor()) {
            var decided = new ArrayList<Future<?>>();
            for (var key = 0; key < 8; key++) {
                var name = "key-" + key;
                decided.add(deciders.submit(() -> {
                    for (var i = 0; i < 50; i++) { // the same key from both, one after the other
                        (i % 2 == 0 ? one : two).decide(topic, name, Integer.toString(i));
                    }
                }));
            }
            for (var each : decided) {
                each.get();
            }

            await().until(() -> one.waiting() == 0);
            var told = probe.await(400);
            assertThat(told).hasSize(400);
            for (var key = 0; key < 8; key++) {
                assertThat(payloads(told, "key-" + key))
                        .isEqualTo(IntStream.range(0, 50)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void what_is_left_is_told_before_an_instance_leaves() throws Exception {
        try (var instance = Instance.on(database).telling();
                var probe = Kafka.topics().probe(topic)) {
            instance.decide(IntStream.range(0, 1_000)
                    .mapToObj(i -> Instance.event(topic, "key-" + i, "x"))
                    .toList());

            instance.relay.stop();

            assertThat(instance.waiting()).isZero();
            probe.await(1_000);
        }
    }

    @Test
    void what_waits_shows_in_the_gauges() throws Exception {
        try (var instance = Instance.on(database);
                var holder = database.connect();
                var lock = holder.createStatement()) {
            lock.execute("select pg_advisory_lock(%d)".formatted(RelayPass.LOCK));
            instance.decide(topic, "k", "x");
            instance.telling();

            await().untilAsserted(() -> {
                assertThat(instance.gauge("escale.outbox.size")).isEqualTo(1);
                assertThat(instance.gauge("escale.outbox.oldest.seconds")).isPositive();
            });
            lock.execute("select pg_advisory_unlock_all()");
            await().untilAsserted(() -> {
                assertThat(instance.gauge("escale.outbox.size")).isZero();
                assertThat(instance.gauge("escale.outbox.oldest.seconds")).isZero();
            });
        }
    }

    static List<String> payloads(List<TopicProbe.Message> told, String key) {
        return told.stream()
                .filter(message -> key.equals(message.key()))
                .map(TopicProbe.Message::text)
                .toList();
    }
}
