package escale.booking;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.runtime.Ids;
import escale.sql.Database;
import escale.sql.DatabaseFault;
import escale.testkit.Postgres;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AcceptBookingsIT {
    private static Postgres.Database database;
    private static BookingService service;
    private static BookingService other;

    @BeforeAll
    static void start() {
        database = Postgres.freshDatabase("booking");
        var settings = Map.<String, Object>of("escale.booking.seats-per-traveller", 0);
        service = BookingService.start(database, settings);
        other = BookingService.start(database, settings);
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
    }

    @Test
    void of_500_clients_for_50_seats_on_two_instances_exactly_50_get_one() throws Exception {
        var departure = service.departure(50);
        var answers = AtOnce.clients(500, i -> (i % 2 == 0 ? service : other).book(departure, 1));
        assertThat(answers.stream().collect(groupingBy(HttpResponse::statusCode, counting())))
                .isEqualTo(Map.of(202, 50L, 409, 450L));
        assertThat(service.seatsLeft(departure)).isZero();
        assertSeatsAddUp(departure);
    }

    @Test
    void the_same_key_100_times_at_once_on_two_instances_is_one_booking() throws Exception {
        var departure = service.departure(500);
        var key = UUID.randomUUID().toString();
        var token = BookingService.token("claire", escale.http.identity.Role.TRAVELLER);
        var answers = AtOnce.clients(
                100, i -> (i % 2 == 0 ? service : other).book(token, key, BookingService.body(departure, 2)));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
        assertThat(answers.stream().map(BookingService::id).distinct()).hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.headers()
                                .firstValue("Idempotent-Replayed")
                                .orElseThrow()
                                .equals("false")))
                .hasSize(1);
        assertThat(service.seatsLeft(departure)).isEqualTo(498);
        assertThat(service.count(
                        "select count(*) from outbox where key = ?",
                        BookingService.id(answers.getFirst()).toString()))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void one_key_for_many_departures_at_once_is_one_booking_whatever_lane_each_takes() throws Exception {
        var departures =
                IntStream.range(0, 40).mapToObj(_ -> service.departure(5)).toList();
        var key = UUID.randomUUID().toString();
        var outcomes = AtOnce.clients(
                40,
                i -> (i % 2 == 0 ? service : other)
                        .bean(AcceptBookings.class)
                        .accept(Facts.request("marie", key, departures.get(i), 1)));
        assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(1);
        assertThat(service.count("select count(*) from booking where idempotency_key = ?", key))
                .isEqualTo(1);
        assertThat(service.count("select sum(seats_left)::int from departure where id = any (?)", (Object)
                        departures.toArray(UUID[]::new)))
                .isEqualTo(199);
    }

    @Test
    void one_request_that_the_database_refuses_fails_alone() throws Exception {
        var departure = service.departure(100);
        var bad = new ArrayList<Throwable>();
        var outcomes = AtOnce.clients(60, i -> {
            var key = i == 30 ? "nobody can store \0 this" : "key " + Ids.next();
            try {
                return service.bean(AcceptBookings.class).accept(Facts.request("marie", key, departure, 1));
            } catch (DatabaseFault refused) {
                synchronized (bad) {
                    bad.add(refused);
                }
                return new Outcome.Busy();
            }
        });
        assertThat(bad).hasSize(1);
        assertThat(outcomes.stream().filter(Outcome.Accepted.class::isInstance)).hasSize(59);
        assertThat(service.seatsLeft(departure)).isEqualTo(41);
        assertSeatsAddUp(departure);
    }

    @Test
    void a_batch_that_meets_another_transaction_head_on_is_tried_again() throws Exception {
        var first = service.departure(5);
        var second = service.departure(5);
        try (var stranger = database.connect();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            stranger.setAutoCommit(false);
            lock(stranger, second);
            var batch = executor.submit(() -> service.bean(Database.class)
                    .transaction(tx -> service.bean(AcceptBookings.class)
                            .accept(
                                    tx,
                                    List.of(
                                            Facts.request("marie", "a " + first, first, 1),
                                            Facts.request("marie", "b " + first, second, 1)))));
            await().until(() -> service.count("select count(*) from pg_locks where not granted") > 0);
            lock(stranger, first);
            stranger.commit();
            assertThat(batch.get()).allMatch(Outcome.Accepted.class::isInstance);
        }
        assertThat(service.seatsLeft(first)).isEqualTo(4);
        assertThat(service.seatsLeft(second)).isEqualTo(4);
    }

    @Test
    void who_finds_the_lanes_full_is_told_when_to_come_back_and_all_others_are_served() throws Exception {
        var departure = service.departure(5_000);
        try (var stranger = database.connect();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            stranger.setAutoCommit(false);
            lock(stranger, departure);
            var answers = new ArrayList<Future<Outcome>>();
            for (var i = 0; i < 1_500; i++) {
                answers.add(executor.submit(() -> service.bean(AcceptBookings.class)
                        .accept(Facts.request("marie", Ids.next().toString(), departure, 1))));
            }
            await().until(() -> answers.stream().anyMatch(Future::isDone));
            var refused = service.book(departure, 1);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.body()).contains("\"code\":\"unavailable\"");
            stranger.commit();
            var accepted = 0;
            for (var answer : answers) {
                switch (answer.get()) {
                    case Outcome.Accepted _ -> accepted++;
                    case Outcome.Busy _ -> {}
                    default -> throw new AssertionError(answer.get());
                }
            }
            assertThat(accepted).isGreaterThanOrEqualTo(1_024).isLessThan(1_500);
            assertThat(service.seatsLeft(departure)).isEqualTo(5_000 - accepted);
        }
        assertSeatsAddUp(departure);
    }

    @Test
    void rehearsing_leaves_nothing_behind() {
        assertThat(service.count("select count(*) from booking where user_id = 'rehearsal'"))
                .isZero();
        assertThat(service.count("select count(*) from departure where tour_title = 'rehearsal'"))
                .isZero();
        assertThat(service.count("select count(*) from outbox where headers like '%rehearsal%'"))
                .isZero();
    }

    private static void lock(java.sql.Connection connection, UUID departure) throws SQLException {
        try (var statement = connection.prepareStatement("select 1 from departure where id = ? for update")) {
            statement.setObject(1, departure);
            statement.execute();
        }
    }

    private static void assertSeatsAddUp(UUID departure) {
        assertThat(service.count("""
                        select d.capacity - d.seats_left - coalesce(sum(b.people), 0)::int
                        from departure d left join booking b
                          on b.departure_id = d.id and b.status not in ('CANCELLED', 'EXPIRED', 'REFUND_PENDING', 'REFUNDED')
                        where d.id = ? group by d.id
                        """, departure)).isZero();
    }
}
