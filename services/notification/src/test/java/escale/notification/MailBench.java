package escale.notification;

import escale.embedded.KafkaBroker;
import escale.embedded.PostgresServer;
import escale.notification.smtp.ScriptedSmtp;
import escale.runtime.Ids;
import escale.testkit.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a mail costs: the CPU of the service's process and of the database while bookings come in at a steady rate, each
 * with the events a real one has. Not part of the build; see the README.
 */
final class MailBench {
    private static final int RATE = Integer.getInteger("rate", 130);
    private static final int WARM_UP = Integer.getInteger("warmUp", 2_500);
    private static final int MEASURED = Integer.getInteger("mails", 2_000);
    private static final List<String> JAVA = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=64m");

    private final Producer<String, byte[]> producer;
    private final Postgres.Database database;

    private MailBench(Producer<String, byte[]> producer, Postgres.Database database) {
        this.producer = producer;
        this.database = database;
    }

    public static void main(String[] more) throws Exception {
        var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-");
        try (var broker = KafkaBroker.start(KafkaBroker.Settings.local(directory.resolve("kafka"), 0));
                var server = PostgresServer.start(PostgresServer.Settings.durable(directory.resolve("data"), 0));
                var topics = new escale.testkit.Topics(broker.bootstrapServers());
                var producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) broker.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer());
                var smtp = new ScriptedSmtp((_, usual) -> usual)) {
            Map.of("booking.events", 24, "payment.events", 24, "users", 6, "tours", 6)
                    .forEach((topic, partitions) -> topics.create(topic, partitions, Map.of()));
            var bench = new MailBench(producer, Postgres.freshDatabase(server, "notification"));
            var process = bench.process(broker.bootstrapServers(), smtp.port(), List.of(more));
            try {
                while (bench.number("select count(*) from pg_tables where tablename = 'mail'") == 0) {
                    Thread.sleep(200);
                }
                bench.book(WARM_UP);
                bench.await(WARM_UP);
                for (var round = 1; round <= 2; round++) {
                    var sent = WARM_UP + round * MEASURED;
                    var service = cpuMillis(process.pid());
                    var postgres = cpuMillis(server.pid());
                    var commits =
                            bench.number("select xact_commit from pg_stat_database where datname = current_database()");
                    bench.book(MEASURED);
                    bench.await(sent);
                    Thread.sleep(1_500); // until the statistics of the database have caught up
                    IO.println(
                            "%d mails at %d/s: %.2f ms of CPU per mail in the service, %.2f ms in PostgreSQL, %.2f transactions"
                                    .formatted(
                                            MEASURED,
                                            RATE,
                                            (double) (cpuMillis(process.pid()) - service) / MEASURED,
                                            (double) (cpuMillis(server.pid()) - postgres) / MEASURED,
                                            (double) (bench.number(
                                                                    "select xact_commit from pg_stat_database where datname = current_database()")
                                                            - commits)
                                                    / MEASURED));
                }
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
    }

    private void book(int many) {
        var begun = System.nanoTime();
        for (var i = 0; i < many; i++) {
            LockSupport.parkNanos(begun + i * 1_000_000_000L / RATE - System.nanoTime());
            var booking = Ids.next();
            for (var example : List.of("booking.created", "booking.payment-requested", "booking.confirmed")) {
                tell("booking.events", booking, example);
            }
            tell("payment.events", booking, "payment.succeeded");
        }
    }

    private void tell(String topic, UUID booking, String example) {
        var event = Topics.example(example, Map.of("bookingId", booking));
        var told = new ProducerRecord<>(topic, booking.toString(), event.getBytes(StandardCharsets.UTF_8));
        told.headers().add("ce_type", example.getBytes(StandardCharsets.UTF_8));
        producer.send(told);
    }

    private void await(int sent) throws InterruptedException, SQLException {
        while (number("select count(*) from mail where state = 'SENT'") < sent) {
            Thread.sleep(200);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private Process process(String bootstrapServers, int mailPort, List<String> more) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JAVA);
        command.addAll(more);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "escale.notification.Application"));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "bench.log").toFile());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("INSTANCE", "bench"),
                        Map.entry("DATABASE_URL", database.jdbcUrl()),
                        Map.entry("DATABASE_USER", database.user()),
                        Map.entry("DATABASE_PASSWORD", database.password()),
                        Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers),
                        Map.entry("SMTP_HOST", "127.0.0.1"),
                        Map.entry("SMTP_PORT", Integer.toString(mailPort)),
                        Map.entry("PORT", "-1"),
                        Map.entry("MANAGEMENT_PORT", "0"),
                        Map.entry("JWT_JWKS_PATH", NotificationService.keys().toString()),
                        Map.entry("MICRONAUT_ENVIRONMENTS", "local")));
        return builder.start();
    }

    /** Of a process and of its children, also of those that have ended. */
    private static long cpuMillis(long pid) throws IOException {
        var millis = 0L;
        for (var each : ProcessHandle.of(pid).map(parent -> List.of(parent)).orElse(List.of())) {
            millis += ticks(each.pid(), 4) * 10;
            for (var child : each.children().toList()) {
                millis += ticks(child.pid(), 2) * 10;
            }
        }
        return millis;
    }

    private static long ticks(long pid, int fields) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException ended) { // by now its parent has what it used
            return 0;
        }
        var values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        var ticks = 0L;
        for (var i = 11; i < 11 + fields; i++) { // user, system, and those of children that ended
            ticks += Long.parseLong(values[i]);
        }
        return ticks;
    }
}
