package escale.drill.world;

import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;

/** Bookings of a small world that were changed, or are about to be. */
public final class ChangedBookings {
    /** Asked for two seats, had three for a supplement, has one: 4,500 of 13,500 are left. */
    public static final UUID CHANGED = UUID.randomUUID();
    /** Has two seats and wants four; its traveller is at the bank. */
    public static final UUID WAITING = UUID.randomUUID();

    private static final UUID SUPPLEMENT = UUID.randomUUID();

    private final SmallWorld world;

    private ChangedBookings(SmallWorld world) {
        this.world = world;
    }

    public static void in(SmallWorld world) throws IOException, SQLException {
        new ChangedBookings(world).add();
    }

    private void add() throws IOException, SQLException {
        world.add(CHANGED, 1, "PAID", null, "PENDING_PAYMENT", "CONFIRMED");
        world.charge(CHANGED, SmallWorld.paymentOf(CHANGED), 9_000);
        supplement(CHANGED, SUPPLEMENT, "PAID");
        world.charge(CHANGED, SUPPLEMENT, 4_500);
        change(CHANGED, 2, 3, "DONE", 2, "null");
        change(CHANGED, 3, 1, "DONE", 0, "null");
        world.booking("update booking set people = 1, amount = 4500, charge_no = 2 where id = '%s'".formatted(CHANGED));
        goesBack(SUPPLEMENT, 4_500);
        goesBack(SmallWorld.paymentOf(CHANGED), 4_500);

        world.add(WAITING, 1, "PAID", null, "PENDING_PAYMENT", "CONFIRMED");
        world.charge(WAITING, SmallWorld.paymentOf(WAITING), 9_000);
        supplement(WAITING, UUID.randomUUID(), "ACTION_REQUIRED");
        change(WAITING, 2, 4, "PENDING", 2, "'2099-01-01'");
        world.booking("update departure set seats_left = seats_left - 5");
    }

    private void supplement(UUID booking, UUID payment, String state) throws SQLException {
        world.payment("""
                insert into payment (id, booking_id, charge_no, kind, amount, currency, method, user_id, state, attempt)
                values ('%s', '%s', 2, 'SUPPLEMENT', 4500, 'EUR', 'pm_card_visa', 'marie', '%s', 1)
                """.formatted(payment, booking, state));
    }

    private void change(UUID booking, int from, int to, String state, int chargeNo, String until) throws SQLException {
        world.booking("""
                insert into booking_change (id, booking_id, state, from_departure_id, from_people, from_amount,
                    departure_id, people, amount, held, charge_no, charge_open, expires_at, idempotency_key, request_hash,
                    traceparent, asked_at)
                values ('%1$s', '%2$s', '%3$s', '%4$s', %5$d, 4500 * %5$d, '%4$s', %6$d, 4500 * %6$d,
                    %7$d, nullif(%8$d, 0), false, %9$s, '%1$s', '', '', now() + %5$d * interval '1 s')
                """.formatted(
                        UUID.randomUUID(),
                        booking,
                        state,
                        world.departure,
                        from,
                        to,
                        state.equals("PENDING") ? to - from : 0,
                        chargeNo,
                        until));
    }

    private void goesBack(UUID payment, long amount) throws IOException, SQLException {
        world.payment("""
                insert into refund (id, payment_id, amount, reason, state) values ('%s', '%s', %d, 'booking-changed', 'REFUNDED')
                """.formatted(UUID.randomUUID(), payment, amount));
        takenBack(world, payment, amount);
    }

    /** The provider gives back from the first charge. */
    public static void twice(SmallWorld world) throws IOException {
        takenBack(world, SmallWorld.paymentOf(CHANGED), 4_500);
    }

    private static void takenBack(SmallWorld world, UUID payment, long amount) throws IOException {
        world.ledger(
                "{\"seq\":9,\"type\":\"refund.succeeded\",\"paymentIntent\":\"pi_%s\",\"amount\":%d,\"currency\":\"eur\"}"
                        .formatted(payment, amount));
    }
}
