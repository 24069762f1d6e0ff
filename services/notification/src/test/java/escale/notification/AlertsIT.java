package escale.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Ids;
import escale.testkit.Postgres;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AlertsIT {
    @Test
    void the_team_is_told_once_of_each_payment_that_failed_for_good_and_again_of_its_next_cycle() {
        try (var receiver = new Receiver();
                var service = start(Map.of("escale.alert.webhook-url", receiver.url()))) {
            var booking = Ids.next();
            for (var i = 0; i < 3; i++) {
                exhausted(booking, 1);
            }
            exhausted(booking, 2);
            await().until(() -> sent(service, "payment/" + booking) == 2);
            assertThat(receiver.about(booking)).hasSize(2);
            assertThat(receiver.about(booking).getFirst())
                    .contains("\"text\":\"Payment failed after 5 retries (bookingId " + booking)
                    .contains("{\"title\":\"bookingId\",\"value\":\"" + booking + "\",\"short\":true}");
        }
    }

    @Test
    void an_outage_is_told_when_it_begins_and_when_it_ends_in_this_order_however_the_webhook_stumbles() {
        try (var receiver = new Receiver();
                var service = start(Map.of("escale.alert.webhook-url", receiver.url()))) {
            receiver.answers(503);
            var outage = outage("payment.outage-started");
            outage("payment.outage-started", outage);
            outage("payment.outage-ended", outage);
            await().until(() ->
                    service.count("select max(attempts) from alert where thread = ?", "outage/" + outage) > 0);
            receiver.answers(204);
            await().until(() -> sent(service, "outage/" + outage) == 2);
            assertThat(receiver.about(outage)).hasSize(2);
            assertThat(receiver.about(outage).getFirst()).contains("Payment is unavailable");
            assertThat(receiver.about(outage).getLast()).contains("Payment is available again after 6 min 27 s");
        }
    }

    @Test
    void a_pager_gets_an_incident_and_its_resolution_under_one_key() {
        try (var receiver = new Receiver();
                var service = start(Map.of(
                        "escale.alert.webhook-url", receiver.url(),
                        "escale.alert.format", "PAGERDUTY",
                        "escale.alert.routing-key", "R0UT1NG"))) {
            var outage = outage("payment.outage-started");
            outage("payment.outage-ended", outage);
            await().until(() -> sent(service, "outage/" + outage) == 2);
            assertThat(receiver.about(outage))
                    .allSatisfy(body -> assertThat(body)
                            .contains("\"routing_key\":\"R0UT1NG\"", "\"dedup_key\":\"outage/" + outage + "\""));
            assertThat(receiver.about(outage).getFirst())
                    .contains("\"event_action\":\"trigger\"", "\"severity\":\"critical\"");
            assertThat(receiver.about(outage).getLast()).contains("\"event_action\":\"resolve\"");
        }
    }

    @Test
    void what_the_webhook_never_understands_is_given_up_and_shown_as_failed() {
        try (var receiver = new Receiver();
                var service = start(Map.of("escale.alert.webhook-url", receiver.url()))) {
            receiver.answers(400);
            var booking = Ids.next();
            exhausted(booking, 1);
            await().until(() -> service.text(
                            "select state || cause from alert where thread like ?", "%" + booking + "%")
                    .equals("FAILEDhttp-400"));
        }
    }

    @Test
    void without_a_webhook_alerts_are_kept_and_leave_once_there_is_one() {
        var database = Postgres.freshDatabase("notification");
        var booking = Ids.next();
        try (var box = MailBox.open();
                var service = NotificationService.start(database, "one", box.port(), Map.of())) {
            exhausted(booking, 1);
            await().until(() -> service.count(
                            "select count(*) from alert where state = 'WAITING' and thread like ?",
                            "payment/" + booking + "%")
                    == 1);
        }
        try (var box = MailBox.open();
                var receiver = new Receiver();
                var service = NotificationService.start(
                        database, "two", box.port(), Map.of("escale.alert.webhook-url", receiver.url()))) {
            await().until(() -> sent(service, "payment/" + booking) == 1);
            assertThat(receiver.about(booking)).hasSize(1);
        }
    }

    private static NotificationService start(Map<String, Object> settings) {
        try (var nobody = MailBox.closed()) {
            return NotificationService.start(
                    Postgres.freshDatabase("notification"), "notification-1", nobody.port(), settings);
        }
    }

    private static void exhausted(UUID booking, int cycle) {
        Topics.tell(
                "payment.events",
                booking.toString(),
                "payment.exhausted",
                Topics.example("payment.exhausted", Map.of("bookingId", booking, "cycle", cycle)));
    }

    private static UUID outage(String type) {
        var outage = Ids.next();
        outage(type, outage);
        return outage;
    }

    private static void outage(String type, UUID outage) {
        Topics.tell("payment.events", "outage", type, Topics.example(type, Map.of("outageId", outage)));
    }

    private static int sent(NotificationService service, String thread) {
        return service.count("select count(*) from alert where state = 'SENT' and thread like ?", thread + "%");
    }
}
