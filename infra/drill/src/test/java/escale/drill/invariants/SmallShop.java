package escale.drill.invariants;

import escale.drill.world.SmallWorld;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A booking system of a few lines on the real tables, in a world where everything that can go wrong does: two travellers want
 * the same seats at once, its processes die once each, the provider's first answer is lost, every webhook comes twice. It
 * does well, unless it is given one of its famous bugs.
 */
final class SmallShop {
    private static final long PRICE = 9_000;

    enum Bug {
        NONE,
        RANDOM_KEY_PER_ATTEMPT,
        OFFSET_COMMITTED_BEFORE_PROCESSING,
        TIMEOUT_TREATED_AS_FAILURE,
        NO_SEAT_GUARD,
        WEBHOOK_NOT_DEDUPLICATED,
        PUBLISHED_OUTSIDE_THE_TRANSACTION
    }

    /** Something told about a booking, or about its payment. */
    private record Told(String topic, UUID booking, int version, String status) {}

    private final SmallWorld world;
    private final Bug bug;
    private final List<UUID> orders = new ArrayList<>();
    private final List<Told> unsent = new ArrayList<>();
    private final Set<String> keysOfTheProvider = new HashSet<>();
    private final Set<UUID> answered = new HashSet<>();
    private boolean publisherDied;

    SmallShop(SmallWorld world, Bug bug) {
        this.world = world;
        this.bug = bug;
    }

    void day() throws IOException, SQLException {
        var hot = departure(2);
        var seenByAnna = seatsLeft(hot);
        var seenByPaul = seatsLeft(hot); // before either of them takes any
        sell("anna", hot, seenByAnna);
        sell("paul", hot, seenByPaul);
        var quiet = departure(20);
        sell("rosa", quiet, seatsLeft(quiet));
        work();
        var regretted = sell("emil", quiet, seatsLeft(quiet));
        cancelWhileItIsPaid(regretted, quiet);
        relay();
    }

    private UUID departure(int seats) throws SQLException {
        var id = UUID.randomUUID();
        world.booking(
                "insert into departure values ('%s', '%s', 1, 'Bastille', now(), 'Europe/Paris', 'EUR', 4500, %d, %d)"
                        .formatted(id, UUID.randomUUID(), seats, seats));
        return id;
    }

    private int seatsLeft(UUID departure) throws SQLException {
        try (var database = world.connectToBooking();
                var rows = query(database, "select seats_left from departure where id = ?", departure)
                        .executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Two seats for a traveller who has seen so many; the publisher dies right after its first commit. */
    private UUID sell(String user, UUID departure, int seen) throws IOException, SQLException {
        var booking = UUID.randomUUID();
        try (var database = world.connectToBooking()) {
            database.setAutoCommit(false);
            if (!takeSeats(database, departure, seen)) {
                log(user, booking, departure, 409, "");
                return booking;
            }
            query(database, """
                            insert into booking (id, user_id, departure_id, people, amount, currency, status,
                                payment_method, charge_no, idempotency_key, request_hash, traceparent, version,
                                created_at, updated_at)
                            values (?, ?, ?, 2, 9000, 'EUR', 'PENDING_PAYMENT', 'CARD', 1, ?, '\\x', '', 1, now(), now())
                            """, booking, user, departure, "key-" + user).executeUpdate();
            tell(database, new Told("booking.events", booking, 1, "PENDING_PAYMENT"));
            database.commit();
        }
        log(user, booking, departure, 202, ",\"booking\":\"%s\",\"replayed\":false".formatted(booking));
        if (!publisherDied) {
            publisherDied = true;
            unsent.clear(); // with whatever it had only in memory
        }
        orders.add(booking);
        return booking;
    }

    private boolean takeSeats(Connection database, UUID departure, int seen) throws SQLException {
        if (bug == Bug.NO_SEAT_GUARD) {
            return seen >= 2
                    && query(database, "update departure set seats_left = ? where id = ?", seen - 2, departure)
                                    .executeUpdate()
                            == 1;
        }
        return query(
                                database,
                                "update departure set seats_left = seats_left - 2 where id = ? and seats_left >= 2",
                                departure)
                        .executeUpdate()
                == 1;
    }

    private void log(String user, UUID booking, UUID departure, int http, String more) throws IOException {
        world.log("""
                {"key":"key-%1$s","user":"%1$s","departure":"%2$s","people":2,"method":"pm_card_visa","http":%3$d%4$s}\
                """.formatted(user, departure, http, more));
    }

    /** Reads its queue from where it committed; it dies over the first order, and is started again. */
    private void work() throws IOException, SQLException {
        var committed = 0;
        var died = false;
        while (committed < orders.size()) {
            var order = orders.get(committed);
            if (bug == Bug.OFFSET_COMMITTED_BEFORE_PROCESSING) {
                committed++;
            }
            enter(order, "WAITING");
            if (!died) {
                died = true;
                continue;
            }
            charge(order);
            if (bug != Bug.OFFSET_COMMITTED_BEFORE_PROCESSING) {
                committed++;
            }
        }
    }

    private void enter(UUID booking, String state) throws SQLException {
        world.payment("""
                insert into payment (id, booking_id, charge_no, kind, amount, currency, method, user_id, state, attempt)
                values ('%s', '%s', 1, 'CHARGE', 9000, 'EUR', 'pm_card_visa', 'marie', '%s', 1)
                on conflict do nothing
                """.formatted(SmallWorld.paymentOf(booking), booking, state));
    }

    private void charge(UUID booking) throws IOException, SQLException {
        for (var attempt = 1; attempt <= 6; attempt++) {
            world.attempt(booking, attempt);
            if (providerAnswers(booking, bug == Bug.RANDOM_KEY_PER_ATTEMPT ? "try-" + attempt : "charge")) {
                settle(booking, "PAID", "CONFIRMED", "CONFIRMED");
                return;
            }
            if (bug == Bug.TIMEOUT_TREATED_AS_FAILURE) {
                settle(booking, "DECLINED", "PAYMENT_FAILED", "PAYMENT_DECLINED");
                return;
            }
        }
    }

    /** It charges once per key, and its first answer about a booking is lost on the way. */
    private boolean providerAnswers(UUID booking, String key) throws IOException {
        if (keysOfTheProvider.add(booking + key)) {
            world.charge(booking, SmallWorld.paymentOf(booking), PRICE);
        }
        return !answered.add(booking);
    }

    private void settle(UUID booking, String payment, String status, String mail) throws SQLException {
        var id = SmallWorld.paymentOf(booking);
        try (var database = world.connectToPayment()) {
            database.setAutoCommit(false);
            query(database, "update payment set state = ?, version = 1 where id = ?", payment, id)
                    .executeUpdate();
            tell(database, new Told("payment.events", booking, 1, ""));
            database.commit();
        }
        move(booking, status, mail);
    }

    private void move(UUID booking, String status, String mail) throws SQLException {
        try (var database = world.connectToBooking()) {
            database.setAutoCommit(false);
            query(database, "update booking set status = ?, version = 2 where id = ?", status, booking)
                    .executeUpdate();
            tell(database, new Told("booking.events", booking, 2, status));
            database.commit();
        }
        world.mail(booking, mail);
    }

    /** The money comes all the same; the provider says so twice, and it goes back. */
    private void cancelWhileItIsPaid(UUID booking, UUID departure) throws IOException, SQLException {
        enter(booking, "ATTEMPTING");
        world.charge(booking, SmallWorld.paymentOf(booking), PRICE);
        world.booking("update departure set seats_left = seats_left + 2 where id = '%s'".formatted(departure));
        move(booking, "CANCELLED", "CANCELLED");
        hearOfThePayment(booking, "evt_1");
        hearOfThePayment(booking, "evt_1");
    }

    private void hearOfThePayment(UUID booking, String event) throws IOException, SQLException {
        var payment = SmallWorld.paymentOf(booking);
        try (var database = world.connectToPayment()) {
            database.setAutoCommit(false);
            var isNew =
                    query(database, "insert into webhook_event values (?, ?) on conflict do nothing", event, payment)
                                    .executeUpdate()
                            == 1;
            if (!isNew && bug != Bug.WEBHOOK_NOT_DEDUPLICATED) {
                return;
            }
            query(database, "update payment set state = 'PAID', version = 1 where id = ?", payment)
                    .executeUpdate();
            tell(database, new Told("payment.events", booking, 1, ""));
            database.commit();
        }
        world.refund(booking, "REFUNDED");
        world.ledger(
                "{\"seq\":9,\"type\":\"refund.succeeded\",\"paymentIntent\":\"pi_%s\",\"amount\":%d,\"currency\":\"eur\"}"
                        .formatted(payment, PRICE));
    }

    private void tell(Connection database, Told told) throws SQLException {
        if (bug == Bug.PUBLISHED_OUTSIDE_THE_TRANSACTION) {
            unsent.add(told);
            return;
        }
        query(
                        database,
                        "insert into outbox (topic, key, type, headers) values (?, ?, ?, ?)",
                        told.topic,
                        told.booking.toString(),
                        told.status,
                        Integer.toString(told.version))
                .executeUpdate();
    }

    private void relay() throws SQLException {
        unsent.forEach(each -> world.topics.told(each.topic, each.booking, each.version, each.status));
        for (var connection : List.of(world.connectToBooking(), world.connectToPayment())) {
            try (var database = connection;
                    var rows = query(database, "delete from outbox returning topic, key, headers, type")
                            .executeQuery()) {
                while (rows.next()) {
                    world.topics.told(
                            rows.getString(1),
                            UUID.fromString(rows.getString(2)),
                            Integer.parseInt(rows.getString(3)),
                            rows.getString(4));
                }
            }
        }
    }

    private static PreparedStatement query(Connection database, String sql, Object... parameters) throws SQLException {
        var statement = database.prepareStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
