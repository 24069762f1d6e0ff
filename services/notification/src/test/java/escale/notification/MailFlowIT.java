package escale.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Ids;
import escale.testkit.Kafka;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MailFlowIT {
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
        // Later under the same key: once this is told, all five were read.
        Topics.booking("booking.cancelled", booking, user, Map.of());
        await().until(() ->
                service.count("select count(*) from mail where booking_id = ? and state = 'SENT'", booking) == 2);
        assertThat(box.about(booking))
                .extracting(each -> each.header("X-Escale-Kind"))
                .containsExactlyInAnyOrder("CONFIRMED", "CANCELLED");
        var mail = box.about(booking).stream()
                .filter(each -> each.header("X-Escale-Kind").equals("CONFIRMED"))
                .findFirst()
                .orElseThrow();
        assertThat(mail.to()).isEqualTo("Claire Moreau <claire@example.org>");
        assertThat(mail.subject()).isEqualTo("Réservation confirmée : Montmartre à la tombée du jour");
        assertThat(mail.text()).contains("Bonjour Claire Moreau,", "90,00", "vendredi 12 juin 2026 à 20:30");
        assertThat(mail.html()).contains("<html lang=\"fr\">", "Vos 2 places vous attendent.");
        assertThat(mail.header("Message-ID"))
                .isEqualTo(
                        "<" + service.text("select id from mail where booking_id = ? and kind = 'CONFIRMED'", booking)
                                + "@localhost>");
    }

    @Test
    void each_language_and_each_kind_of_news_reaches_its_traveller() {
        var kinds = Map.of(
                "booking.confirmed", Kind.CONFIRMED,
                "booking.payment-failed", Kind.PAYMENT_DECLINED,
                "booking.payment-failed.2", Kind.PAYMENT_FAILED,
                "booking.cancelled", Kind.CANCELLED,
                "booking.expired", Kind.EXPIRED,
                "booking.refunded", Kind.REFUNDED);
        var user = "user-" + Ids.next();
        Topics.user(user, "sam@example.org", "Sam", "en", 1);
        var booking = Ids.next();
        kinds.keySet().forEach(example -> Topics.booking(example, booking, user, Map.of("locale", "en")));
        await().until(() -> box.about(booking).size() == kinds.size());
        assertThat(box.about(booking))
                .extracting(mail -> mail.header("X-Escale-Kind"))
                .containsExactlyInAnyOrderElementsOf(
                        kinds.values().stream().map(Kind::name).toList());
        assertThat(box.about(booking))
                .allSatisfy(mail -> assertThat(mail.header("Content-Language")).isEqualTo("en"));
    }

    @Test
    void an_invitation_to_pay_is_sent_in_time_or_not_at_all() {
        var user = "user-" + Ids.next();
        Topics.user(user, "sam@example.org", "Sam", "fr", 1);
        var inTime = Ids.next();
        var tooLate = Ids.next();
        Topics.booking("booking.reserved", tooLate, user, Map.of("expiresAt", "2020-01-01T00:00:00Z"));
        Topics.booking("booking.reserved", inTime, user, Map.of("expiresAt", "2999-01-01T00:00:00Z"));
        await().until(() -> box.about(inTime).size() == 1);
        assertThat(box.about(inTime).getFirst().subject()).isEqualTo("Votre réservation est en attente de paiement");
        await().until(() -> service.text("select state || cause from mail where booking_id = ?", tooLate)
                .equals("FAILEDoutdated"));
        assertThat(box.about(tooLate)).isEmpty();
    }

    @Test
    void without_a_language_in_the_booking_the_profile_decides() {
        var user = "user-" + Ids.next();
        Topics.user(user, "sam@example.org", "Sam", "en", 1);
        await().until(() -> service.count("select count(*) from traveller where user_id = ?", user) == 1);
        var booking = Ids.next();
        Topics.booking("booking.payment-failed.2", booking, user, Map.of());
        await().until(() -> box.about(booking).size() == 1);
        assertThat(box.about(booking).getFirst().text()).contains("Hello Sam,");
    }

    @Test
    void mail_for_an_unknown_traveller_waits_says_so_and_leaves_once_they_are_known() {
        var booking = Ids.next();
        var user = "user-" + booking;
        Topics.booking("booking.confirmed", booking, user, Map.of());
        await().until(() -> service.text("select waits_for from mail where booking_id = ?", booking)
                .equals("traveller"));
        Topics.user(user, "claire@example.org", "Claire", "fr", 1);
        await().until(() -> box.about(booking).size() == 1);
    }

    @Test
    void one_charge_may_be_refunded_in_parts_and_each_part_is_told_once() {
        var booking = Ids.next();
        var user = "user-" + booking;
        Topics.user(user, "claire@example.org", "Claire", "fr", 1);
        var first = Ids.next();
        var second = Ids.next();
        for (var refund : List.of(first, second, first, second)) {
            Topics.booking("booking.refunded.2", booking, user, Map.of("refundId", refund));
        }
        await().until(() -> box.about(booking).size() == 2);
        await().until(() ->
                service.count("select count(*) from mail where booking_id = ? and state = 'SENT'", booking) == 2);
    }

    @Test
    void each_link_that_an_operator_had_sent_is_mailed_once_and_not_when_it_is_over() {
        var booking = Ids.next();
        var user = "user-" + booking;
        Topics.user(user, "claire@example.org", "Claire", "fr", 1);
        var first = Ids.next();
        var second = Ids.next();
        var late = Ids.next();
        for (var link : List.of(first, second, first, late, second)) {
            var until = link.equals(late) ? "2020-01-01T00:00:00Z" : "2999-01-01T00:00:00Z";
            Topics.booking("booking.pay-link-sent", booking, user, Map.of("linkId", link, "expiresAt", until));
        }
        Topics.booking("booking.cancelled", booking, user, Map.of()); // once this is told, all five were read
        await().until(() -> box.about(booking).size() == 3);
        await().until(() -> service.text("select state || cause from mail where link_id = ?", late)
                .equals("FAILEDoutdated"));
        var mails = box.about(booking).stream()
                .filter(each -> each.header("X-Escale-Kind").equals("PAY_LINK"))
                .toList();
        assertThat(mails).hasSize(2);
        assertThat(mails.getFirst().subject()).isEqualTo("Votre lien de paiement : Montmartre à la tombée du jour");
        assertThat(mails.getFirst().text()).contains("/pay?token=", "90,00");
        assertThat(mails.getFirst().html()).contains("/pay?token=", "Payer 90,00");
    }

    @Test
    void whose_payment_nobody_knows_about_hears_once_per_charge_that_we_look_into_it() {
        var booking = Ids.next();
        var user = "user-" + booking;
        Topics.user(user, "claire@example.org", "Claire", "fr", 1);
        for (var charge : List.of(1, 1, 2, 1)) {
            Topics.booking("booking.needs-attention", booking, user, Map.of("chargeNo", charge));
        }
        Topics.booking("booking.payment-failed.2", booking, user, Map.of("locale", "fr"));
        await().until(() ->
                service.count("select count(*) from mail where booking_id = ? and state = 'SENT'", booking) == 3);
        assertThat(box.about(booking))
                .extracting(each -> each.header("X-Escale-Kind") + each.header("X-Escale-Charge"))
                .containsExactlyInAnyOrder("NEEDS_ATTENTION1", "NEEDS_ATTENTION2", "PAYMENT_FAILED1");
        var mail = box.about(booking).stream()
                .filter(each -> each.header("X-Escale-Kind").equals("NEEDS_ATTENTION"))
                .findFirst()
                .orElseThrow();
        assertThat(mail.subject()).isEqualTo("Nous vérifions votre paiement");
        assertThat(mail.text()).contains("Vous n'avez rien à faire", "Vos places restent gardées");
    }

    @Test
    void an_erased_traveller_gets_no_mail_and_leaves_nothing_behind_even_when_old_records_come_again() {
        var user = "user-" + Ids.next();
        Topics.user(user, "claire@example.org", "Claire", "fr", 7);
        Topics.tell("users", user, "user.updated", null);
        Topics.user(user, "claire@example.org", "Claire", "fr", 7);
        await().until(() ->
                service.count("select count(*) from traveller where user_id = ? and email is null", user) == 1);
        var booking = Ids.next();
        Topics.booking("booking.confirmed", booking, user, Map.of());
        await().until(() -> service.text("select cause from mail where booking_id = ? and state = 'FAILED'", booking)
                .equals("traveller-erased"));
        assertThat(service.count("select count(*) from traveller where user_id = ? and email is null", user))
                .isEqualTo(1);
        assertThat(box.about(booking)).isEmpty();
    }

    @Test
    void what_cannot_be_read_becomes_a_dead_letter_and_holds_up_nobody() {
        var booking = Ids.next();
        var user = "user-" + booking;
        Topics.user(user, "claire@example.org", "Claire", "fr", 1);
        Topics.tell("booking.events", booking.toString(), "booking.confirmed", "not json");
        Topics.tell("booking.events", booking.toString(), "booking.invented-later", "{}");
        Topics.booking("booking.confirmed", booking, user, Map.of());
        await().until(() -> box.about(booking).size() == 1);
        try (var letters = Kafka.topics().probe("notification.dlt")) {
            assertThat(letters.awaitMatching(letter -> booking.toString().equals(letter.key()))
                            .text())
                    .isEqualTo("not json");
        }
    }
}
