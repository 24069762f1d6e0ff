package escale.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.notification.smtp.ScriptedSmtp;
import escale.runtime.Ids;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceIT {
    @Test
    void topics_that_others_have_not_made_yet_are_waited_for() {
        var broker = Kafka.dedicated();
        try (var box = MailBox.open();
                var service = NotificationService.start(
                        Postgres.freshDatabase("notification"),
                        "early",
                        box.port(),
                        Map.of(
                                "escale.kafka.bootstrap-servers",
                                broker.bootstrapServers(),
                                "escale.notification.fallback-domain",
                                "example.test"));
                var topics = new escale.testkit.Topics(broker.bootstrapServers())) {
            topics.create("booking.events", 6, Map.of());
            topics.produce(
                    "booking.events",
                    "019df20e-80d0-70f2-b90c-f28c1fb17c23",
                    Contracts.example("booking.confirmed"),
                    Map.of("ce_type", "booking.confirmed"));
            await().until(() -> box.all().size() == 1);
            assertThat(box.all().getFirst().to()).isEqualTo("019d7dc5-ac80-736f-8160-6b0d6f03675a@example.test");
            assertThat(service.text("select state from mail")).isNotEqualTo("FAILED");
        } finally {
            broker.kill();
        }
    }

    @Test
    void a_stop_finishes_the_mail_at_hand_and_gives_back_the_others() {
        var database = Postgres.freshDatabase("notification");
        var taken = new AtomicInteger();
        try (var smtp = new ScriptedSmtp((command, usual) -> {
                    if (command.equals(".")) { // after some, slow enough that there are others when the stop comes
                        Thread.sleep(taken.incrementAndGet() < 20 ? 10 : 400);
                    }
                    return usual;
                });
                var box = MailBox.open()) {
            var user = "user-" + Ids.next();
            try (var service = NotificationService.start(database, "leaving", smtp.port(), Map.of())) {
                Topics.user(user, "claire@example.org", "Claire", "fr", 1);
                for (var i = 0; i < 200; i++) {
                    Topics.booking("booking.confirmed", Ids.next(), user, Map.of());
                }
                await().until(() -> service.count("select count(*) from mail where state = 'SENT'") >= 5);
            }
            var left = smtp.taken().size();
            assertThat(left).isLessThan(200);
            try (var service = NotificationService.start(database, "staying", box.port(), Map.of())) {
                await().until(() -> service.count("select count(*) from mail where state = 'SENT'") == 200);
                assertThat(box.all()).hasSize(200 - left);
                assertThat(service.count("select sum(doubts)::int from mail")).isZero();
            }
        }
    }
}
