package escale.notification;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.notification.smtp.ScriptedSmtp;
import escale.runtime.Ids;
import escale.testkit.Postgres;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrashIT {
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
            var process = Victim.start(database, smtp.port());
            victim.set(process);
            Topics.user(user, "claire@example.org", "Claire", "fr", 1);
            for (var i = 0; i < 30; i++) {
                Topics.booking("booking.confirmed", Ids.next(), user, Map.of());
            }
            await().until(() -> !process.isAlive());
            assertThat(smtp.taken()).hasSize(10);

            Victim.leasesRunOut(database);
            try (var service = NotificationService.start(database, "survivor", smtp.port(), Map.of())) {
                await().until(() -> service.count("select count(*) from mail where state = 'SENT'") == 30);
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

    @Test
    void a_sender_killed_while_it_tells_fifty_that_booking_is_possible_loses_none_and_repeats_at_most_one()
            throws Exception {
        var database = Postgres.freshDatabase("notification");
        var outage = Ids.next();
        try (var smtp = new ScriptedSmtp((_, usual) -> usual)) {
            var sender = Victim.start(database, smtp.port());
            smtp.afterTaking(_ -> {
                if (toGuests(smtp).size() == 20) {
                    sender.destroyForcibly().waitFor();
                }
            });
            Victim.awaitMigrated(database);
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                // As if they had asked: here the sending is put to the test.
                statement.execute("insert into outage (outage_id, since) values ('" + outage + "', now())");
                statement.execute("insert into asking (asking_id, outage_id, email) select uuidv7(), '" + outage
                        + "', 'guest' || n || '@example.org' from generate_series(1, 50) as n");
            }
            for (var times = 0; times < 2; times++) {
                Topics.tell(
                        "payment.events",
                        outage.toString(),
                        "payment.outage-ended",
                        Topics.example("payment.outage-ended", Map.of("outageId", outage)));
            }
            await().until(() -> !sender.isAlive());
            Victim.leasesRunOut(database);
            try (var service = NotificationService.start(database, "survivor", smtp.port(), Map.of())) {
                var own = " from mail where asking_id is not null";
                await().until(() -> service.count("select count(*)" + own + " and state = 'SENT'") == 50);
                assertThat(toGuests(smtp)).hasSize(51);
                assertThat(toGuests(smtp).stream().distinct()).hasSize(50);
                assertThat(service.count("select sum(doubts)::int" + own)).isEqualTo(1);
                assertThat(service.count("select count(*)" + own)).isEqualTo(50);
            }
        }
    }

    /** A service with an empty database may also hear what the other test told: nobody may have committed it. */
    private static List<String> toGuests(ScriptedSmtp smtp) {
        return smtp.taken().stream()
                .map(mail -> line(mail, "To:"))
                .filter(to -> to.contains("guest"))
                .toList();
    }

    private static String messageId(String mail) {
        return line(mail, "Message-ID:");
    }

    private static String line(String mail, String beginning) {
        return mail.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }
}
