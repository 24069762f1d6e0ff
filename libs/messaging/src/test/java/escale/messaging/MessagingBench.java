package escale.messaging;

import static escale.messaging.Handler.Handling.DONE;

import com.sun.management.OperatingSystemMXBean;
import escale.embedded.KafkaBroker;
import escale.embedded.PostgresServer;
import escale.testkit.Postgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How fast, beside the limits of the same machine in the same minutes. Not part of the build; see the README. */
final class MessagingBench {
    private static final int EVENTS = 50_000;
    private static final int RECORDS = 200_000;
    private static final String PAYLOAD = "{\"bookingId\": \"0198c6f2-7a51-7000-8000-4d5b6c7d8e9f\", \"amount\": 9000, "
            + "\"currency\": \"EUR\", \"version\": 3, \"note\": \"" + "x".repeat(180) + "\"}";

    private final KafkaBroker broker;
    private final PostgresServer server;
    private final Postgres.Database database;

    private MessagingBench(KafkaBroker broker, PostgresServer server) {
        this.broker = broker;
        this.server = server;
        this.database = Instance.prepared(Postgres.freshDatabase(server, "bench"));
    }

    public static void main(String[] arguments) throws Exception {
        var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-");
        try (var broker = KafkaBroker.start(KafkaBroker.Settings.local(directory.resolve("kafka"), 0));
                var server = PostgresServer.start(PostgresServer.Settings.durable(directory.resolve("data"), 0))) {
            var bench = new MessagingBench(broker, server);
            bench.createTopics();
            for (var round = 1; round <= 3; round++) {
                say("round %d", round);
                bench.rawProducer();
                bench.relayDrain();
                bench.dueConsumer("group-" + round);
            }
            bench.latency("warm-up", 200, Duration.ofSeconds(20), false);
            bench.latency("told", 200, Duration.ofSeconds(60), false);
            bench.latency("told-by-snapshot", 200, Duration.ofSeconds(60), true);
            bench.latency("told-by-snapshot-fast", 1_000, Duration.ofSeconds(60), true);
            bench.idle(Duration.ofSeconds(20));
        }
    }

    private void createTopics() {
        try (var topics = new escale.testkit.Topics(broker.bootstrapServers())) {
            for (var topic :
                    List.of("events", "raw", "work", "warm-up", "told", "told-by-snapshot", "told-by-snapshot-fast")) {
                topics.create(topic, 24, Map.of());
            }
            for (var rung = 0; rung < 5; rung++) {
                topics.create("retry-" + rung, 6, Map.of("message.timestamp.type", "LogAppendTime"));
            }
        }
        try (var producer = Instance.clients(broker.bootstrapServers()).producer()) {
            for (var i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>("work", "key-" + i % 5_000, PAYLOAD.getBytes()));
            }
        }
    }

    private void rawProducer() {
        try (var producer = Instance.clients(broker.bootstrapServers()).producer()) {
            var begun = Mark.now();
            for (var i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>("raw", "key-" + i % 5_000, PAYLOAD.getBytes()));
            }
            producer.flush();
            rate("raw producer", RECORDS, begun);
        }
    }

    private void relayDrain() throws InterruptedException {
        try (var instance = new Instance(database, broker.bootstrapServers())) {
            for (var from = 0; from < EVENTS; from += 1_000) {
                var first = from;
                instance.decide(IntStream.range(0, 1_000)
                        .mapToObj(i -> Instance.event("events", "key-" + (first + i) % 5_000, PAYLOAD))
                        .toList());
            }
            var begun = Mark.now();
            instance.telling();
            instance.relay.stop(); // returns when all is told
            rate("relay", EVENTS, begun);
        }
    }

    private void dueConsumer(String group) throws InterruptedException {
        var handled = new CountDownLatch(RECORDS);
        var first = new CountDownLatch(1);
        var clients = Instance.clients(broker.bootstrapServers());
        Handler handler = _ -> {
            first.countDown();
            handled.countDown();
            return DONE;
        };
        var metrics = new SimpleMeterRegistry();
        var intake = Worker.intake(group, 256, "work");
        var consumer = new DueConsumer(
                intake,
                Gate.OPEN,
                () -> clients.member(intake),
                new Execution(group, handler, new DeadLetters(clients.producer(), "nowhere", metrics)),
                new ConsumerMeters(intake, metrics));
        consumer.start();
        first.await();
        var begun = Mark.now();
        handled.await();
        rate("due consumer, empty handler", RECORDS, begun);
        consumer.stop();
    }

    /** From the return of the commit to the record in a worker's hands. */
    private void latency(String topic, int perSecond, Duration time, boolean snapshotHeld)
            throws InterruptedException, SQLException {
        var count = (int) (perSecond * time.toSeconds());
        var committed = new long[count];
        var seen = new long[count];
        var all = new CountDownLatch(count);
        double achieved;
        Handler handler = received -> {
            seen[Integer.parseInt(Worker.text(received))] = System.nanoTime();
            all.countDown();
            return DONE;
        };
        var intake = Worker.intake("group-" + topic, 256, topic);
        try (var worker = new Worker(broker.bootstrapServers(), intake, Gate.OPEN, "nowhere", handler);
                var instance = new Instance(database, broker.bootstrapServers()).telling();
                var reader = database.connect()) {
            worker.consumer.start();
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            if (snapshotHeld) {
                reader.createStatement().executeQuery("select count(*) from outbox");
            }
            var begun = System.nanoTime();
            for (var i = 0; i < count; i++) {
                Thread.sleep(Duration.ofNanos(Math.max(0, begun + i * 1_000_000_000L / perSecond - System.nanoTime())));
                var number = Integer.toString(i);
                instance.decide(topic, "key-" + number, number);
                committed[i] = System.nanoTime();
            }
            all.await();
            achieved = count / ((System.nanoTime() - begun) / 1e9);
        }
        var micros = IntStream.range(0, count)
                .mapToLong(i -> Math.max(0, seen[i] - committed[i]) / 1_000)
                .sorted()
                .toArray();
        say(
                "%s, commit to worker at %.0f/s%s: p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                topic,
                achieved,
                snapshotHeld ? ", a snapshot held all the time" : "",
                micros[count / 2] / 1_000.0,
                micros[count * 99 / 100] / 1_000.0,
                micros[count - 1] / 1_000.0);
    }

    /** A payment worker with nothing to do: the relay's look-out, and a consumer of 54 partitions. */
    private void idle(Duration time) throws InterruptedException, IOException {
        var topics = new ArrayList<>(List.of("work"));
        IntStream.range(0, 5).forEach(rung -> topics.add("retry-" + rung));
        var intake = Worker.intake("group-1", 256, topics.toArray(String[]::new));
        try (var _ = new Instance(database, broker.bootstrapServers()).telling();
                var worker = new Worker(broker.bootstrapServers(), intake, Gate.OPEN, "nowhere", _ -> DONE)) {
            worker.consumer.start();
            Thread.sleep(Duration.ofSeconds(15)); // joined, warm
            var before = cpu();
            Thread.sleep(time);
            var after = cpu();
            var names = List.of("service", "broker", "database");
            for (var i = 0; i < before.length; i++) {
                say("idle: %s takes %.2f %% of a core", names.get(i), 100.0 * (after[i] - before[i]) / time.toNanos());
            }
        }
    }

    /** So far, in nanoseconds: this process, the broker's, PostgreSQL's with its sessions (those that have not ended). */
    private long[] cpu() {
        var us =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        return new long[] {us, cpu(broker.pid()), cpu(server.pid())};
    }

    private static long cpu(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /** The wall's time and this process's CPU time; only the second means something on a machine that others use. */
    private record Mark(long wall, long cpu) {
        static Mark now() {
            return new Mark(
                    System.nanoTime(),
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getProcessCpuTime());
        }
    }

    private static void rate(String what, int count, Mark begun) {
        var now = Mark.now();
        say(
                "%s: %,d/s, %.1f µs of our CPU each",
                what, count * 1_000_000_000L / (now.wall - begun.wall), (now.cpu - begun.cpu) / 1_000.0 / count);
    }

    private static void say(String format, Object... values) {
        System.out.println(format.formatted(Arrays.copyOf(values, values.length)));
    }
}
