package escale.notification;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.notification.smtp.ScriptedSmtp;
import escale.runtime.Ids;
import escale.runtime.Stages;
import escale.testkit.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SendingIT {
    @Test
    void mail_waits_for_a_server_that_is_down_and_leaves_once_when_it_is_back() {
        try (var box = MailBox.closed();
                var service = NotificationService.start(box)) {
            assertThat(service.bean(Stages.class).ready()).isTrue();
            var booking = confirmed(service);
            await().until(() -> service.text("select waits_for from mail where booking_id = ?", booking)
                    .equals("mail-server"));
            assertThat(service.count("select attempts from mail where booking_id = ?", booking))
                    .isZero();
            box.on();
            await().until(() -> state(service, booking).equals("SENT"));
            assertThat(box.about(booking)).hasSize(1);
            assertThat(log(service, booking)).isEqualTo("HELD SENT");
        }
    }

    @Test
    void a_mail_put_off_by_the_server_is_tried_again_and_one_refused_for_good_is_not() {
        var puttingOff = new AtomicInteger();
        try (var smtp = new ScriptedSmtp((command, usual) ->
                        command.equals("DATA") && puttingOff.getAndIncrement() < 2 ? "451 later" : usual);
                var service = NotificationService.start(smtp.port())) {
            var booking = confirmed(service);
            await().until(() -> state(service, booking).equals("SENT"));
            assertThat(smtp.taken()).hasSize(1);
            assertThat(log(service, booking)).isEqualTo("DEFERRED DEFERRED SENT");
        }
        try (var smtp = new ScriptedSmtp((command, usual) -> command.equals("RCPT") ? "550 unknown" : usual);
                var service = NotificationService.start(smtp.port())) {
            var booking = confirmed(service);
            await().until(() -> state(service, booking).equals("FAILED"));
            assertThat(log(service, booking)).isEqualTo("REFUSED");
            assertThat(service.text("select cause from mail where booking_id = ?", booking))
                    .isEqualTo("smtp-550");
        }
    }

    @Test
    void a_mail_whose_answer_was_lost_leaves_again_under_its_id_and_is_counted() {
        var hangUps = new AtomicInteger();
        try (var smtp = new ScriptedSmtp(
                        (command, usual) -> command.equals(".") && hangUps.getAndIncrement() == 0 ? null : usual);
                var service = NotificationService.start(smtp.port())) {
            var booking = confirmed(service);
            await().until(() -> state(service, booking).equals("SENT"));
            assertThat(smtp.taken()).hasSize(2);
            assertThat(smtp.taken().stream().map(SendingIT::messageId).collect(toSet()))
                    .hasSize(1);
            assertThat(service.count("select doubts from mail where booking_id = ?", booking))
                    .isEqualTo(1);
        }
    }

    @Test
    void two_instances_share_the_work_and_send_nothing_twice() {
        var database = Postgres.freshDatabase("notification");
        try (var box = MailBox.closed();
                var one = NotificationService.start(database, "one", box.port(), Map.of());
                var two = NotificationService.start(database, "two", box.port(), Map.of())) {
            var user = "user-" + Ids.next();
            Topics.user(user, "claire@example.org", "Claire", "fr", 1);
            var bookings = new ArrayList<UUID>();
            bookings.addAll(confirmed(150, user));
            await().until(() -> one.count("select count(*) from mail") == bookings.size());
            box.on();
            await("whoever is slower gets its share of what keeps coming").until(() -> {
                bookings.addAll(confirmed(20, user));
                return two.count("select count(distinct worker) from mail_log where outcome = 'SENT'") == 2;
            });
            await().until(() -> one.count("select count(*) from mail where state = 'SENT'") == bookings.size());
            assertThat(box.all().stream().map(mail -> mail.header("X-Escale-Booking")))
                    .containsExactlyInAnyOrderElementsOf(
                            bookings.stream().map(UUID::toString).toList());
            assertThat(one.count("select sum(doubts)::int from mail")).isZero();
        }
    }

    @Test
    void mails_that_are_long_done_are_forgotten_and_waiting_ones_are_not() {
        try (var box = MailBox.open();
                var service = NotificationService.start(box)) {
            var done = confirmed(service);
            await().until(() -> state(service, done).equals("SENT"));
            var waiting = Ids.next();
            Topics.booking("booking.confirmed", waiting, "stranger-" + waiting, Map.of());
            await().until(() -> state(service, waiting).equals("WAITING"));
            service.bean(ForgetMails.class).round();
            assertThat(state(service, done)).isEqualTo("SENT");
            service.update("update mail set created_at = created_at - interval '91 days'");
            service.bean(ForgetMails.class).round();
            assertThat(state(service, done)).isEqualTo("NO ROW");
            assertThat(state(service, waiting)).isEqualTo("WAITING");
        }
    }

    private static List<UUID> confirmed(int many, String user) {
        var bookings = Stream.generate(Ids::next).limit(many).toList();
        bookings.forEach(booking -> Topics.booking("booking.confirmed", booking, user, Map.of()));
        return bookings;
    }

    private static UUID confirmed(NotificationService service) {
        var booking = Ids.next();
        var user = "user-" + booking;
        Topics.user(user, "claire@example.org", "Claire", "fr", 1);
        await().until(() -> service.count("select count(*) from traveller where user_id = ?", user) == 1);
        Topics.booking("booking.confirmed", booking, user, Map.of());
        return booking;
    }

    private static String state(NotificationService service, UUID booking) {
        return service.text("select state from mail where booking_id = ?", booking);
    }

    private static String log(NotificationService service, UUID booking) {
        return service.text("""
                select string_agg(outcome, ' ' order by mail_log.id)
                from mail_log join mail on mail.id = mail_id
                where booking_id = ?
                """, booking);
    }

    private static String messageId(String mail) {
        return mail.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }
}
