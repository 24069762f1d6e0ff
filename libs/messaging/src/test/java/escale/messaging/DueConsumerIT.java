package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.messaging.Handler.Handling;
import escale.testkit.Kafka;
import escale.testkit.Patience;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Order, due times, permits and offsets, on a real broker. */
class DueConsumerIT {
    private final String group = Kafka.fresh("group");

    @Test
    void records_of_a_key_are_handled_in_order_and_each_once() {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 4);
        Worker.fill(topic, 1_000, i -> "key-" + i % 40);
        try (var worker = Worker.on(Worker.intake(group, 16, topic), _ -> {
            Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextInt(2_000_000)));
            return DONE;
        })) {
            await().until(() -> worker.done.size() >= 1_000);

            assertThat(worker.done).hasSize(1_000);
            for (var key = 0; key < 40; key++) {
                assertThat(worker.doneOf("key-" + key))
                        .containsExactlyElementsOf(IntStream.iterate(key, i -> i < 1_000, i -> i + 40)
                                .mapToObj(Integer::toString)
                                .toList());
            }
        }
    }

    @Test
    void records_that_may_gather_come_once_they_are_many_or_once_they_have_waited() {
        var many = Kafka.createTopic(Kafka.fresh("orders"), 1);
        var few = Kafka.createTopic(Kafka.fresh("orders"), 1);
        var patient = Worker.intake(Kafka.fresh("group"), 200, many).gathering(Duration.ofSeconds(25));
        var brisk = Worker.intake(group, 2, few).gathering(Duration.ofMillis(50));
        try (var readsMany = Worker.on(patient, _ -> DONE);
                var readsFew = Worker.on(brisk, _ -> DONE)) {
            Worker.fill(few, 1, _ -> "x");
            await().until(() -> readsFew.done.size() == 1);
            await().ignoreExceptions().until(() -> isReading(patient.group()));
            var random = new Random(1); // what repeats itself is compressed to nothing
            Worker.fill(
                    many,
                    300,
                    _ -> random.ints(2_000, 'a', 'z')
                            .mapToObj(Character::toString)
                            .collect(joining()));
            await("long before they have waited")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> readsMany.done.size() >= 200);
        }
    }

    private static boolean isReading(String group) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", Kafka.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .anyMatch(member -> !member.assignment().topicPartitions().isEmpty());
        }
    }

    @Test
    void what_is_finished_is_committed_even_while_every_permit_is_taken() {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 1);
        Worker.fill(topic, 20, _ -> null);
        var stuck = new CountDownLatch(1);
        try (var worker = Worker.on(Worker.intake(group, 2, topic), received -> {
            if (received.offset() >= 10) {
                stuck.await();
            }
            return DONE;
        })) {
            await().until(() -> Worker.committed(group, topic) == 10);
            await().until(() -> worker.begun.size() == 12);
            stuck.countDown();
            await().until(() -> Worker.committed(group, topic) == 20);
        }
    }

    @Test
    void nothing_is_committed_past_a_record_that_is_not_finished() {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 1);
        Worker.fill(topic, 50, _ -> null);
        var stuck = new CountDownLatch(1);
        try (var worker = Worker.on(Worker.intake(group, 10, topic), received -> {
            if (received.offset() == 7) {
                stuck.await();
            }
            return DONE;
        })) {
            await().until(() -> worker.done.size() == 49 && Worker.committed(group, topic) == 7);
            stuck.countDown();
            await().until(() -> Worker.committed(group, topic) == 50);
        }
    }

    @Test
    void a_delayed_record_is_never_early_and_holds_up_nobody_whose_delay_is_shorter() {
        var soon = delayTopic();
        var later = delayTopic();
        var muchLater = delayTopic();
        var delays = Map.of(soon, Duration.ofMillis(300), later, Duration.ofSeconds(2), muchLater, Duration.ofHours(1));
        var early = new AtomicInteger();
        try (var worker = Worker.on(new Intake(group, delays, 10, 0, Duration.ZERO, Duration.ZERO), received -> {
            var delay = delays.getOrDefault(received.topic(), Duration.ZERO);
            if (System.currentTimeMillis() < received.record().timestamp() + delay.toMillis()) {
                early.incrementAndGet();
            }
            return DONE;
        })) {
            Worker.fill(muchLater, 20, i -> "much-later-" + i);
            await().until(() ->
                    worker.metrics.get("escale.consumer.held").gauge().value() == 20);
            Worker.fill(later, 20, i -> "later-" + i);
            Worker.fill(soon, 20, i -> "soon-" + i);
            await().until(() -> worker.done.size() == 40);
            assertThat(early).hasValue(0);
            assertThat(worker.begun).extracting(Received::topic).containsOnly(soon, later);
        }
    }

    private static String delayTopic() {
        return Kafka.createTopic(Kafka.fresh("retry"), 2, Map.of("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void a_record_that_is_put_back_comes_before_the_next_of_its_key() {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 1);
        var refusals = new AtomicInteger(3);
        Kafka.topics().produce(topic, "marie", "first");
        Kafka.topics().produce(topic, "marie", "second");
        Kafka.topics().produce(topic, "paul", "other");
        try (var worker = Worker.on(
                Worker.intake(group, 10, topic),
                received -> Worker.text(received).equals("first") && refusals.getAndDecrement() > 0
                        ? new Handling.NotNow(Duration.ofMillis(20))
                        : DONE)) {
            await().until(() -> worker.done.size() == 3);

            assertThat(worker.doneOf("marie")).containsExactly("first", "second");
            assertThat(worker.begun).hasSize(6);
        }
    }

    @Test
    void while_the_gate_is_shut_nothing_starts_and_each_permission_is_used_or_kept() {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 2);
        var permissions = new Semaphore(0);
        Worker.fill(topic, 30, i -> "key-" + i);
        try (var worker = Worker.on(Worker.intake(group, 4, topic), permissions::tryAcquire, _ -> DONE)) {
            await().until(() ->
                    worker.metrics.get("escale.consumer.held").gauge().value() == 30);
            assertThat(worker.begun).isEmpty();

            permissions.release(10);
            await().until(() -> worker.done.size() == 10);
            assertThat(permissions.availablePermits()).isZero();
            permissions.release(25);
            await().until(() -> worker.done.size() == 30);
            assertThat(permissions.availablePermits()).isEqualTo(5);
        }
    }

    /** Kafka's client spins in a poll while a paused partition has records in its buffer. */
    @Test
    void while_nothing_may_start_the_poll_thread_rests() {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 1);
        Worker.fill(topic, 3_000, _ -> null);
        try (var worker = Worker.on(Worker.intake(group, 4, topic), () -> false, _ -> DONE)) {
            await().until(() ->
                    worker.metrics.get("escale.consumer.held").gauge().value() >= Lot.ENOUGH);
            var poller = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("poll-" + group))
                    .findFirst()
                    .orElseThrow()
                    .threadId();
            var threads = ManagementFactory.getThreadMXBean();
            var begun = threads.getThreadCpuTime(poller);
            var spun = spin(
                    Duration.ofMillis(500)); // so much did a spinning thread get meanwhile, however busy the machine
            assertThat(threads.getThreadCpuTime(poller) - begun).isLessThan(spun / 2);
            assertThat(worker.begun).isEmpty();
        }
    }

    /** Until it has had so much of a processor; returns how much it was. */
    private static long spin(Duration time) {
        var threads = ManagementFactory.getThreadMXBean();
        var begun = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - begun < time.toNanos()) {
            Thread.onSpinWait();
        }
        return threads.getCurrentThreadCpuTime() - begun;
    }

    @Test
    void a_flood_on_one_topic_does_not_starve_another() {
        var flood = Kafka.createTopic(Kafka.fresh("flood"), 3);
        var quiet = Kafka.createTopic(Kafka.fresh("quiet"), 1);
        Worker.fill(flood, 9_000, _ -> null);
        var doneBeforeQuiet = new CompletableFuture<Integer>();
        var flooded = new AtomicInteger();
        try (var worker = Worker.on(Worker.intake(group, 2, flood, quiet), received -> {
            if (received.topic().equals(quiet)) {
                doneBeforeQuiet.complete(flooded.get());
            } else {
                flooded.incrementAndGet();
                Thread.sleep(doneBeforeQuiet.isDone() ? 0 : 10);
            }
            return DONE;
        })) {
            await().until(() -> worker.done.size() > 10);
            Kafka.topics().produce(quiet, null, "x");

            assertThat(doneBeforeQuiet)
                    .succeedsWithin(Patience.LONGEST)
                    .satisfies(before -> assertThat(before).isLessThan(9_000));
            await().until(() -> worker.done.size() == 9_001);
        }
    }

    @Test
    void what_a_consumer_is_behind_with_shows_in_the_gauges() {
        var topic = Kafka.createTopic(Kafka.fresh("orders"), 1);
        Worker.fill(topic, 5, _ -> null);
        var stuck = new CountDownLatch(1);
        try (var worker = Worker.on(Worker.intake(group, 2, topic), _ -> {
            stuck.await();
            return DONE;
        })) {
            await().untilAsserted(() -> assertThat(gauges(worker, topic)).containsExactly(5.0, 5.0, 2.0));
            await().until(() ->
                    worker.metrics.get("escale.consumer.oldest.seconds").gauge().value() > 0.5);
            stuck.countDown();
            await().untilAsserted(() -> assertThat(gauges(worker, topic)).containsExactly(0.0, 0.0, 0.0));
        }
    }

    private static List<Double> gauges(Worker worker, String topic) {
        var lag = worker.metrics.get("escale.consumer.lag").tag("topic", topic).gauge();
        var held = worker.metrics.get("escale.consumer.held").gauge();
        var running = worker.metrics.get("escale.consumer.running").gauge();
        return List.of(lag.value(), held.value(), running.value());
    }
}
