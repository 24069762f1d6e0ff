package escale.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.messaging.Json;
import escale.messaging.Outbox;
import escale.notification.sql.Journeys;
import escale.runtime.Ids;
import escale.sql.Database;
import escale.testkit.Contracts;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances share the work; the test plays booking, and calls when it does not want to wait for the full hour. */
class ReminderIT {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static MailBox box;
    private static NotificationService service;
    private static NotificationService other;

    @BeforeAll
    static void start() {
        box = MailBox.open();
        var database = Postgres.freshDatabase("notification");
        service = NotificationService.start(database, "notification-1", box.port(), Map.of());
        other = NotificationService.start(database, "notification-2", box.port(), Map.of());
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
        box.close();
    }

    @Test
    void whoever_travels_within_a_day_is_reminded_once_however_often_the_call_comes() {
        var user = traveller();
        var soon = confirmed(user, NOW.plus(Duration.ofHours(20)));
        var later = confirmed(user, NOW.plus(Duration.ofHours(30)));
        var begun = confirmed(user, NOW.minus(Duration.ofMinutes(5)));
        for (var i = 0; i < 3; i++) {
            call(NOW);
        }
        await().until(() -> reminders(soon) == 1);
        call(NOW.plus(Duration.ofHours(7)));
        await().until(() -> reminders(later) == 1);
        assertThat(reminders(soon)).isEqualTo(1);
        assertThat(queued(begun)).isZero();
        var mail = box.about(soon).stream()
                .filter(each -> each.header("X-Escale-Kind").equals("REMINDER"))
                .findFirst()
                .orElseThrow();
        assertThat(mail.subject()).isEqualTo("Votre visite approche : Montmartre à la tombée du jour");
        assertThat(mail.text()).contains("Votre visite commence le", "Vos 2 places vous attendent.");
    }

    @Test
    void nobody_is_reminded_of_what_was_cancelled_even_if_its_confirmation_is_read_again() {
        var user = traveller();
        var booking = confirmed(user, NOW.plus(Duration.ofHours(3)));
        tell("booking.cancelled", booking, user, 3, NOW.plus(Duration.ofHours(3)));
        tell("booking.confirmed", booking, user, 2, NOW.plus(Duration.ofHours(3)));
        var witness = confirmed(user, NOW.plus(Duration.ofHours(3)));
        await().until(() ->
                service.count("select count(*) from journey where booking_id = ? and not travels", booking) == 1);
        call(NOW);
        await().until(() -> reminders(witness) == 1);
        assertThat(queued(booking)).isZero();
    }

    @Test
    void who_moved_to_another_day_is_reminded_of_that() {
        var user = traveller();
        var booking = confirmed(user, NOW.plus(Duration.ofHours(5)));
        var day = NOW.plus(Duration.ofDays(9));
        tell("booking.changed", booking, user, 3, day);
        var witness = confirmed(user, NOW.plus(Duration.ofHours(5)));
        await().until(() ->
                service.count("select count(*) from journey where booking_id = ? and starts_at = ?", booking, day)
                        == 1);
        call(NOW);
        await().until(() -> reminders(witness) == 1);
        assertThat(reminders(booking)).isZero();
        call(day.minus(Duration.ofHours(24)));
        await().until(() -> reminders(booking) == 1);
    }

    @Test
    void a_reminder_that_has_not_left_yet_is_withdrawn_by_a_cancellation_and_moved_by_a_change() {
        var unknown = "user-" + Ids.next(); // so that mails wait
        var cancelled = confirmed(unknown, NOW.plus(Duration.ofHours(6)));
        var moved = confirmed(unknown, NOW.plus(Duration.ofHours(6)));
        call(NOW);
        for (var booking : List.of(cancelled, moved)) {
            await().until(() -> waiting(booking) == 1);
        }
        var start = NOW.plus(Duration.ofHours(8));
        tell("booking.cancelled", cancelled, unknown, 3, NOW.plus(Duration.ofHours(6)));
        tell("booking.changed", moved, unknown, 3, start);
        for (var booking : List.of(cancelled, moved)) {
            await().until(() -> waiting(booking) == 0);
        }
        call(NOW);
        await().until(() -> service.count(
                        "select count(*) from mail where booking_id = ? and kind = 'REMINDER' and starts_at = ?",
                        moved,
                        start)
                == 1);
        Topics.user(unknown, "claire@example.org", "Claire", "fr", 1);
        await().until(() -> reminders(moved) == 1);
        assertThat(queued(cancelled)).isZero();
    }

    @Test
    void two_instances_call_once_in_an_hour() {
        await().until(() -> service.count("select count(*) from hourly_call") > 0);
        var hour = Instant.parse("2026-01-01T10:00:00Z");
        var database = service.bean(Database.class);
        var journeys = service.bean(Journeys.class);
        boolean first = database.transaction(tx -> journeys.isFirstToCall(tx, hour));
        boolean second = database.transaction(tx -> journeys.isFirstToCall(tx, hour));
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        try (var calls = Kafka.topics().probe("notifications")) {
            service.update("delete from hourly_call");
            for (var instance : List.of(service, other)) {
                callAnew(instance);
            }
            var call = calls.awaitMatching(record -> record.key().startsWith("upcoming-bookings/20"));
            Contracts.assertValid("check-upcoming-bookings", call.value());
        }
        assertThat(service.count("select count(*) from hourly_call")).isEqualTo(1);
    }

    /** As an instance that has just started. */
    private static void callAnew(NotificationService instance) {
        new CallHourly(
                        instance.bean(Database.class),
                        instance.bean(Journeys.class),
                        instance.bean(Outbox.class),
                        instance.bean(Json.class),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .round();
    }

    private static String traveller() {
        var user = "user-" + Ids.next();
        Topics.user(user, "claire@example.org", "Claire", "fr", 1);
        await().until(() -> service.count("select count(*) from traveller where user_id = ?", user) == 1);
        return user;
    }

    private static UUID confirmed(String user, Instant startsAt) {
        var booking = Ids.next();
        tell("booking.confirmed", booking, user, 2, startsAt);
        await().until(() -> service.count("select count(*) from journey where booking_id = ?", booking) == 1);
        return booking;
    }

    private static void tell(String type, UUID booking, String user, int version, Instant startsAt) {
        Topics.booking(type, booking, user, Map.of("version", version, "startsAt", startsAt, "locale", "fr"));
    }

    private static void call(Instant hour) {
        Topics.tell(
                "notifications",
                "upcoming-bookings/" + hour,
                "check-upcoming-bookings",
                Topics.example("check-upcoming-bookings", Map.of("scheduledFor", hour)));
    }

    private static long reminders(UUID booking) {
        return box.about(booking).stream()
                .filter(mail -> mail.header("X-Escale-Kind").equals("REMINDER"))
                .count();
    }

    /** Sent, waiting or given up. */
    private static int queued(UUID booking) {
        return service.count("select count(*) from mail where booking_id = ? and kind = 'REMINDER'", booking);
    }

    private static int waiting(UUID booking) {
        return service.count(
                "select count(*) from mail where booking_id = ? and kind = 'REMINDER' and state = 'WAITING'", booking);
    }
}
