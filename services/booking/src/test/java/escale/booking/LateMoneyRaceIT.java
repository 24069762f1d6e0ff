package escale.booking;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Ids;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.testkit.Kafka;
import escale.testkit.Postgres;
import escale.testkit.TopicProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances; the time of every booking is over in the moment its money comes, and others want the seats. */
class LateMoneyRaceIT {
    private static final int BOOKINGS = 500;
    private static final int RIVALS = 200;
    private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");

    private static BookingService one;
    private static BookingService two;
    private static TopicProbe payments;

    @BeforeAll
    static void start() {
        var database = Postgres.freshDatabase("booking");
        var settings = Map.<String, Object>of("escale.booking.seats-per-traveller", 0);
        one = BookingService.start(database, settings);
        two = BookingService.start(database, settings);
        payments = Kafka.topics().probe("payments");
    }

    @AfterAll
    static void stop() {
        payments.close();
        one.close();
        two.close();
    }

    @Test
    void five_hundred_expiries_and_five_hundred_payments_at_once_oversell_nothing_and_keep_no_money() throws Exception {
        var departure = one.departure(BOOKINGS);
        var bookings = AtOnce.clients(BOOKINGS, i -> instance(i).booked(departure, 1));
        AtOnce.clients(BOOKINGS, i -> settle(i, i % 2 == 0 ? action(bookings.get(i)) : exhausted(bookings.get(i))));

        var due = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (var i = 0; i < BOOKINGS; i++) {
                var n = i;
                all.add(threads.submit(() -> {
                    due.await();
                    return settle(n, paid(bookings.get(n)));
                }));
            }
            for (var i = 0; i < RIVALS; i++) {
                var n = i;
                all.add(threads.submit(() -> {
                    due.await();
                    return instance(n).book(departure, 1);
                }));
            }
            one.update("update booking set expires_at = created_at where departure_id = ?", departure);
            due.countDown();
            one.bean(ExpireReservations.class).round();
            two.bean(ExpireReservations.class).round();
            for (var each : all) {
                each.get();
            }
        }

        assertNothingIsOversold(departure);
        assertNoMoneyIsKept(bookings);
    }

    private static void assertNothingIsOversold(UUID departure) {
        var held = one.count("""
                select coalesce(sum(people), 0) from booking
                where departure_id = ? and status not in ('EXPIRED', 'CANCELLED', 'REFUND_PENDING', 'REFUNDED')
                """, departure);
        assertThat(one.seatsLeft(departure)).isNotNegative();
        assertThat(held + one.seatsLeft(departure)).isEqualTo(BOOKINGS);
    }

    /** Whoever paid has seats and keeps them, or has none and gets the money back; nobody is forgotten, nobody both. */
    private static void assertNoMoneyIsKept(List<UUID> bookings) {
        var statuses = statuses(bookings);
        assertThat(statuses.keySet()).containsExactlyInAnyOrderElementsOf(bookings);
        assertThat(statuses.values().stream().collect(groupingBy(each -> each, counting())))
                .as("all are paid, and none is left between")
                .containsOnlyKeys(
                        Set.copyOf(statuses.values()).contains("REFUND_PENDING")
                                ? new String[] {"CONFIRMED", "REFUND_PENDING"}
                                : new String[] {"CONFIRMED"});
        await().until(() -> one.count("select count(*) from outbox") == 0);
        var toGiveBack = keysOf(statuses, "REFUND_PENDING");
        await().until(() -> takenBack().containsAll(toGiveBack));
        assertThat(takenBack()).doesNotContainAnyElementsOf(keysOf(statuses, "CONFIRMED"));
    }

    private static Set<UUID> keysOf(Map<UUID, String> statuses, String status) {
        return statuses.entrySet().stream()
                .filter(each -> each.getValue().equals(status))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<UUID> takenBack() {
        return payments.records().stream()
                .filter(record ->
                        "payment.cancel-requested".equals(record.headers().get("ce_type")))
                .map(record -> UUID.fromString(record.key()))
                .collect(Collectors.toSet());
    }

    private static Map<UUID, String> statuses(List<UUID> bookings) {
        record Row(UUID id, String status) {}
        return one
                .bean(Database.class)
                .read(tx -> tx.query(
                        "select id, status from booking where id = any (?)",
                        row -> new Row(row.getObject(1, UUID.class), row.getString(2)),
                        (Object) bookings.toArray(UUID[]::new)))
                .stream()
                .collect(Collectors.toMap(Row::id, Row::status));
    }

    private static BookingService instance(int n) {
        return n % 2 == 0 ? one : two;
    }

    private static boolean settle(int n, PaymentNews news) {
        return instance(n / 2).bean(SettleBookings.class).settle(news);
    }

    private static PaymentNews action(UUID booking) {
        return new PaymentNews.ActionRequired(about(booking, 2), "https://bank.example/3ds", FAR);
    }

    private static PaymentNews exhausted(UUID booking) {
        return new PaymentNews.ExhaustedUnpaid(about(booking, 7), "provider-500");
    }

    private static PaymentNews paid(UUID booking) {
        return new PaymentNews.Succeeded(about(booking, 9), "pi_1");
    }

    private static PaymentNews.About about(UUID booking, int version) {
        return new PaymentNews.About(
                booking, Ids.next(), 1, version, 1, 1, "payment-1", null, Instant.now(), new Trace("", "request-1"));
    }
}
