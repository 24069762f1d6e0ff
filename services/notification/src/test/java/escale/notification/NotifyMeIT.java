package escale.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.http.identity.Role;
import escale.notification.smtp.ScriptedSmtp;
import escale.runtime.Ids;
import escale.testkit.Patience;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever asked during an outage is told once when it is over. */
class NotifyMeIT {
    private static ScriptedSmtp smtp;
    private static NotificationService service;

    private final UUID outage = Ids.next();

    @BeforeAll
    static void start() {
        smtp = new ScriptedSmtp((_, usual) -> usual);
        service = NotificationService.start(smtp.port());
    }

    @AfterAll
    static void stop() {
        service.close();
        smtp.close();
    }

    /** The next test begins without an outage. */
    @AfterEach
    void end() {
        ends();
        await().until(() -> service.count("select count(*) from outage where until is null") == 0);
        await().until(() -> service.count("select count(*) from mail where state = 'WAITING'") == 0);
    }

    @Test
    void fifty_who_asked_are_each_told_once_in_their_language_however_often_they_asked() {
        begins();
        for (var times = 0; times < 2; times++) {
            for (var i = 0; i < 25; i++) {
                assertThat(askAsGuest("guest" + i, i % 2 == 0 ? "fr" : "en").statusCode())
                        .isEqualTo(202);
            }
        }
        for (var i = 0; i < 25; i++) {
            Topics.user(user(i), "user" + i + "@" + outage + ".example", "Claire", "fr", 1);
            assertThat(ask(user(i)).statusCode()).isEqualTo(202);
            assertThat(ask(user(i)).statusCode()).isEqualTo(202);
        }
        ends();
        ends(); // heard twice
        await().until(() -> told().size() >= 50);
        await().until(() -> service.count("""
                select count(*) from mail where state = 'SENT' and asking_id is not null and request_id = ?
                """, outage.toString()) == 50);
        assertThat(told()).hasSize(50);
        assertThat(told().stream().map(NotifyMeIT::recipient)).doesNotHaveDuplicates();
        assertThat(told().stream().filter(mail -> mail.contains("\nContent-Language: en\n")))
                .hasSize(12)
                .allMatch(mail -> mail.contains("\nSubject: Booking is possible again\n"));
        service.bean(ForgetMails.class).round();
        assertThat(service.count("select count(*) from asking where outage_id = ?", outage))
                .as("addresses that are kept")
                .isZero();
    }

    @Test
    void whoever_asks_while_it_ends_is_either_told_by_mail_or_at_once() {
        begins();
        var noted = ConcurrentHashMap.<String>newKeySet();
        var refused = new AtomicBoolean();
        var asking = IntStream.range(0, 4)
                .mapToObj(thread -> Thread.ofVirtual().start(() -> {
                    for (var i = 0; !refused.get(); i++) {
                        var guest = "guest" + thread + "-" + i;
                        var answer = askAsGuest(guest, "fr").statusCode();
                        if (answer == 202) {
                            noted.add(guest + "@" + outage + ".example");
                            LockSupport.parkNanos(2_000_000); // each of them is a mail
                        } else {
                            assertThat(answer).isEqualTo(409);
                            refused.set(true);
                        }
                    }
                }))
                .toList();
        await().until(() -> noted.size() >= 20);
        ends();
        asking.forEach(thread -> {
            try {
                assertThat(thread.join(Patience.LONGEST)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(refused).isTrue();
        await().until(() -> told().size() >= noted.size());
        assertThat(told().stream().map(NotifyMeIT::recipient)).containsExactlyInAnyOrderElementsOf(noted);
    }

    @Test
    void without_an_outage_or_after_its_end_booking_is_possible_and_nobody_is_noted() {
        var before = askAsGuest("early", "fr");
        assertThat(before.statusCode()).isEqualTo(409);
        assertThat(before.body()).contains("\"code\":\"booking-possible\"");
        ends(); // its end is heard first
        await().until(() ->
                service.count("select count(*) from outage where outage_id = ? and until is not null", outage) == 1);
        Topics.tell("payment.events", outage.toString(), "payment.outage-started", started());
        var other = Ids.next();
        Topics.tell("payment.events", outage.toString(), "payment.outage-started", started(other));
        await().until(() -> service.count("select count(*) from outage where outage_id = ?", other) == 1);
        Topics.tell("payment.events", outage.toString(), "payment.outage-ended", ended(other));
        await().until(() -> service.count("select count(*) from outage where until is null") == 0);
        assertThat(askAsGuest("late", "fr").statusCode()).isEqualTo(409);
        assertThat(service.count("select count(*) from asking where outage_id = ?", outage))
                .isZero();
    }

    @Test
    void who_withdraws_is_not_told_and_a_guest_only_by_the_place_that_was_given_to_them() throws Exception {
        begins();
        Topics.user(user(1), "user1@" + outage + ".example", "Claire", "fr", 1);
        var guest = askAsGuest("guest1", "fr");
        var place = guest.headers().firstValue("Location").orElseThrow();
        assertThat(askAsGuest("GUEST1", "fr").headers().firstValue("Location")).isEmpty();
        assertThat(guest.body())
                .contains("Le service de paiement est temporairement indisponible. Vous pouvez continuer à parcourir"
                        + " nos visites et nous vous notifierons dès que les réservations seront à nouveau possibles.");
        assertThat(ask(user(1)).statusCode()).isEqualTo(202);
        assertThat(askAsGuest("stays", "fr").statusCode()).isEqualTo(202);
        for (var times = 0; times < 2; times++) {
            assertThat(service.call("DELETE", place, "", "").statusCode()).isEqualTo(204);
            assertThat(service.call("DELETE", "/v1/notify-me", token(user(1)), "")
                            .statusCode())
                    .isEqualTo(204);
        }
        ends();
        await().until(() -> !told().isEmpty());
        assertThat(told().stream().map(NotifyMeIT::recipient)).containsExactly("stays@" + outage + ".example");
    }

    @Test
    void who_asks_as_a_guest_and_with_their_account_is_told_once() {
        begins();
        Topics.user(user(1), "Same@" + outage + ".example", "Claire", "fr", 1);
        await().until(() -> service.count("select count(*) from traveller where user_id = ?", user(1)) == 1);
        assertThat(askAsGuest("same", "fr").statusCode()).isEqualTo(202);
        assertThat(ask(user(1)).statusCode()).isEqualTo(202);
        ends();
        await().until(() ->
                service.count("select count(*) from mail where state = 'SENT' and user_id = ?", user(1)) == 1);
        assertThat(told().stream().map(NotifyMeIT::recipient)).containsExactly("Same@" + outage + ".example");
    }

    private void begins() {
        Topics.tell("payment.events", outage.toString(), "payment.outage-started", started());
        await().until(() -> service.count("select count(*) from outage where outage_id = ?", outage) == 1);
    }

    private void ends() {
        Topics.tell("payment.events", outage.toString(), "payment.outage-ended", ended(outage), outage.toString());
    }

    private String started() {
        return started(outage);
    }

    private static String started(UUID outage) {
        return Topics.example("payment.outage-started", Map.of("outageId", outage));
    }

    private static String ended(UUID outage) {
        return Topics.example("payment.outage-ended", Map.of("outageId", outage));
    }

    private List<String> told() {
        return smtp.taken().stream()
                .filter(mail -> mail.contains("\nX-Escale-Outage: " + outage + "\n"))
                .toList();
    }

    private String user(int number) {
        return "user-" + outage + "-" + number;
    }

    private static String token(String user) {
        return NotificationService.token(user, Role.TRAVELLER);
    }

    private static HttpResponse<String> ask(String user) {
        return call(token(user), "/v1/notify-me", "");
    }

    private HttpResponse<String> askAsGuest(String name, String locale) {
        return call(
                "",
                "/v1/notify-me/guests",
                "{\"email\": \"%s@%s.example\", \"locale\": \"%s\"}".formatted(name, outage, locale));
    }

    private static HttpResponse<String> call(String token, String path, String body) {
        try {
            return service.call("POST", path, token, body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String recipient(String mail) {
        var to = mail.lines()
                .dropWhile(line -> !line.startsWith("To: "))
                .limit(2)
                .reduce("", String::concat);
        return to.replaceFirst("^To: (\".*\" <)?", "").replaceFirst(">?(Message-ID.*)?$", "");
    }
}
