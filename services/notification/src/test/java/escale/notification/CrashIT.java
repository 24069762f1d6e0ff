package escale.notification;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.notification.smtp.ScriptedSmtp;
import escale.runtime.Ids;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void a_sender_killed_after_the_server_took_a_mail_costs_at_most_that_one_twice_and_it_is_counted()
            throws Exception {
        var database = Postgres.freshDatabase("notification");
        var victim = new AtomicReference<@Nullable Process>();
        try (var smtp = new ScriptedSmtp((command, usual) -> usual)) {
            smtp.afterTaking(number -> {
                var sender = victim.get();
                if (number == 10 && sender != null) { // it is with the server, and nobody will ever hear that it is
                    sender.destroyForcibly().waitFor();
                }
            });
            var user = "user-" + Ids.next();
            Topics.exist();
            var process = process(database, smtp.port());
            victim.set(process);
            Topics.user(user, "claire@example.org", "Claire", "fr", 1);
            for (var i = 0; i < 30; i++) {
                Topics.booking("booking.confirmed", Ids.next(), user, Map.of());
            }
            await().atMost(PATIENCE).until(() -> !process.isAlive());
            assertThat(smtp.taken()).hasSize(10);

            try (var service = NotificationService.start(
                    database,
                    "survivor",
                    smtp.port(),
                    Map.of("escale.notification.lease", "10s", "escale.smtp.deadline", "8s"))) {
                await().atMost(PATIENCE)
                        .until(() -> service.count("select count(*) from mail where state = 'SENT'") == 30);
                assertThat(smtp.taken()).hasSize(31);
                assertThat(smtp.taken().stream().map(CrashIT::messageId).collect(toSet()))
                        .hasSize(30);
                assertThat(service.count("select sum(doubts)::int from mail")).isEqualTo(1);
                assertThat(service.count(
                                "select count(*) from mail_log where outcome = 'DOUBTFUL' and cause = 'sender-lost'"))
                        .isEqualTo(1);
            }
        }
    }

    private static Process process(Postgres.Database database, int mailPort) throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "escale.notification.Application"))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "victim.log").toFile());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("INSTANCE", "victim"),
                        Map.entry("DATABASE_URL", database.jdbcUrl()),
                        Map.entry("DATABASE_USER", database.user()),
                        Map.entry("DATABASE_PASSWORD", database.password()),
                        Map.entry("KAFKA_BOOTSTRAP_SERVERS", Kafka.bootstrapServers()),
                        Map.entry("SMTP_HOST", "127.0.0.1"),
                        Map.entry("SMTP_PORT", Integer.toString(mailPort)),
                        Map.entry("MAIL_LEASE", "10s"),
                        Map.entry("PORT", "-1"),
                        Map.entry("MANAGEMENT_PORT", "0"),
                        Map.entry("JWT_JWKS_PATH", NotificationService.keys().toString()),
                        Map.entry("MICRONAUT_ENVIRONMENTS", "local")));
        return builder.start();
    }

    private static String messageId(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
