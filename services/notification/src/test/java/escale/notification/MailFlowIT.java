package escale.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Ids;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MailFlowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static MailBox box;
    private static NotificationService service;

    @BeforeAll
    static void start() {
        box = MailBox.open();
        service = NotificationService.start(box);
    }

    @AfterAll
    static void stop() {
        service.close();
        box.close();
    }

    @Test
    void a_confirmed_booking_is_told_once_however_often_its_event_comes() {
        var booking = Ids.next();
        var user = "user-" + booking;
        Topics.user(user, "claire@example.org", "Claire Moreau", "fr", 1);
        for (var i = 0; i < 5; i++) {
            Topics.booking("booking.confirmed", booking, user, Map.of());
        }
        var after = Ids.next(); // the same partition order does not matter: what counts is that all five were read
        Topics.booking("booking.confirmed", after, user, Map.of());
        await().atMost(PATIENCE)
                .until(() -> box.about(booking).size() + box.about(after).size() >= 2);
        assertThat(service.count("select count(*) from mail where booking_id = ?", booking))
                .isEqualTo(1);

        var mail = box.about(booking).getFirst();
        assertThat(mail.to()).isEqualTo("Claire Moreau <claire@example.org>");
        assertThat(mail.subject()).isEqualTo("Réservation confirmée : Montmartre à la tombée du jour");
        assertThat(mail.text()).contains("Bonjour Claire Moreau,", "90,00", "vendredi 12 juin 2026 à 20:30");
        assertThat(mail.html()).contains("<html lang=\"fr\">", "Vos 2 places vous attendent.");
        assertThat(mail.header("Message-ID"))
                .isEqualTo("<" + service.text("select id from mail where booking_id = ?", booking) + "@localhost>");
        await().until(() -> service.text("select state from mail where booking_id = ?", booking)
                .equals("SENT"));
        assertThat(box.about(booking)).hasSize(1);
    }
}
