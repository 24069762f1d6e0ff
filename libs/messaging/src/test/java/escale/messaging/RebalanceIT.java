package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;
import static java.util.Collections.synchronizedSet;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.testkit.Kafka;
import escale.testkit.Patience;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Instances come and go while records are being handled. */
class RebalanceIT {
    private final String group = Kafka.fresh("group");

    @Test
    void work_in_flight_is_not_lost_and_keeps_its_order_when_instances_join_and_leave() throws InterruptedException {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 12);
        Map<String, Set<String>> handled = new ConcurrentHashMap<>();
        Handler handler = received -> {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(10, 60)));
            handled.computeIfAbsent(String.valueOf(received.key()), _ -> synchronizedSet(new LinkedHashSet<>()))
                    .add(Worker.text(received));
            return DONE;
        };
        var intake = Worker.intake(group, 24, topic);
        try (var feed = Feed.to(topic);
                var first = Worker.on(intake, handler)) {
            await().until(() -> first.done.size() > 100);
            try (var second = Worker.on(intake, handler);
                    var third = Worker.on(intake, handler)) {
                await().until(() -> second.done.size() > 100 && third.done.size() > 100);
                first.consumer.stop();
                var seconds = second.done.size();
                await().until(() -> second.done.size() > seconds + 100);
                var fed = feed.end();
                await().until(() ->
                        handled.values().stream().mapToInt(Set::size).sum() == fed);

                for (var key = 0; key < Feed.KEYS; key++) {
                    assertThat(handled.get("key-" + key)).containsExactlyElementsOf(Feed.numbersOf(key, fed));
                }
                // What is done ahead of something that is not cannot be committed; nothing else is repeated.
                var before = places(first.done);
                assertThat(Stream.concat(second.done.stream(), third.done.stream()))
                        .filteredOn(record -> before.contains(record.toString()))
                        .allMatch(record -> record.offset() > firstUndone(first, record.partition()));
            }
        }
    }

    private static Set<String> places(List<Received> records) {
        return records.stream().map(Received::toString).collect(toSet());
    }

    private static long firstUndone(Worker worker, int partition) {
        var done = worker.done.stream()
                .filter(record -> record.partition() == partition)
                .map(Received::offset)
                .collect(toSet());
        return LongStream.iterate(0, offset -> offset + 1)
                .filter(offset -> !done.contains(offset))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_waits_in_a_revoked_partition_starts_elsewhere_and_what_stays_goes_on_meanwhile() throws Exception {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 2);
        fillBoth(topic, 150);
        var stuck = Map.of(0, new CountDownLatch(1), 1, new CountDownLatch(1));
        Handler slow = received -> {
            Objects.requireNonNull(stuck.get(received.partition())).await();
            Thread.sleep(10);
            return DONE;
        };
        try (var first = Worker.on(Worker.intake(group, 8, Patience.LONGEST.multipliedBy(2), topic), slow)) {
            await().until(() -> first.begun.size() == 2 && held(first) == 300);
            try (var second = Worker.on(Worker.intake(group, 8, topic), _ -> DONE)) {
                var stays = partitionThatStays();
                Objects.requireNonNull(stuck.get(stays)).countDown();

                await().until(() -> first.done.size() == 150);
                assertThat(second.begun).isEmpty();
                Objects.requireNonNull(stuck.get(1 - stays)).countDown();
                await().until(() -> second.done.size() == 149);
                assertThat(offsets(first, 1 - stays)).containsExactly(0L);
                assertThat(offsets(second, 1 - stays)).startsWith(1L, 2L, 3L).isSorted();
            }
        } finally {
            stuck.values().forEach(CountDownLatch::countDown);
        }
    }

    @Test
    void a_record_that_outlasts_the_drain_is_repeated_by_whoever_gets_its_partition() throws Exception {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 2);
        fillBoth(topic, 3);
        var stuck = new CountDownLatch(1);
        Handler slow = received -> {
            if (received.offset() == 1) {
                stuck.await();
            }
            return DONE;
        };
        try (var first = Worker.on(Worker.intake(group, 8, Duration.ofMillis(100), topic), slow)) {
            await().until(() -> first.begun.size() == 4);
            try (var second = Worker.on(Worker.intake(group, 8, topic), _ -> DONE)) {
                await().until(() -> second.done.size() == 2);
                assertThat(second.begun).extracting(Received::offset).containsExactly(1L, 2L);
                var moved = second.begun.getFirst().partition();
                stuck.countDown();
                await().until(() -> Worker.committed(group, topic, 1 - moved) == 3);
                assertThat(offsets(first, moved)).containsExactly(0L, 1L);
                await().until(() -> Worker.committed(group, topic, moved) == 3);
            }
        }
    }

    /** One key in each partition. */
    private static void fillBoth(String topic, int count) {
        Worker.write(IntStream.range(0, 2 * count)
                .mapToObj(i -> new ProducerRecord<>(topic, i % 2, "key-" + i % 2, new byte[0]))
                .toList());
    }

    /** Known as soon as the group has decided, long before the other one has been let go. */
    private int partitionThatStays() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", Kafka.bootstrapServers()))) {
            return await().until(() -> staying(admin), Optional::isPresent).orElseThrow();
        }
    }

    private Optional<Integer> staying(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                .filter(member -> member.assignment().topicPartitions().size() == 2)
                .flatMap(member -> member.targetAssignment().stream())
                .map(target -> List.copyOf(target.topicPartitions()))
                .filter(target -> target.size() == 1)
                .map(target -> target.getFirst().partition())
                .findFirst();
    }

    private static double held(Worker worker) {
        return worker.metrics.get("escale.consumer.held").gauge().value();
    }

    private static List<Long> offsets(Worker worker, int partition) {
        return worker.begun.stream()
                .filter(received -> received.partition() == partition)
                .map(Received::offset)
                .toList();
    }
}
