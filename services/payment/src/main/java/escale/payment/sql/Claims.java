package escale.payment.sql;

import static escale.sql.Columns.column;

import escale.payment.Claim;
import escale.payment.Order;
import escale.payment.Payment;
import escale.payment.Ticket;
import escale.sql.Database;
import escale.sql.Lane;
import escale.sql.Transaction;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Grants attempts, many at a time. A claim takes a lease under a new fence: while the lease lives nobody else gets the
 * payment, and once it has run out the same attempt is granted again, never the next. It is in doubt then: whoever held the
 * lease may have charged, and an answer that says nothing about that must not be taken for the whole story.
 */
@Singleton
public final class Claims implements AutoCloseable {
    /** The longest attempt (charge, ask; then, under a new lease, charge, give up) plus a margin; by the database's clock. */
    static final Duration LEASE = Duration.ofSeconds(20);

    /** How long a charge waits before it looks again whether an earlier one of its booking is settled. */
    private static final Duration ANOTHER_FIRST = Duration.ofMillis(500);

    private final Database database;
    private final Lane<Ticket, Claim> lane;

    public Claims(Database database) {
        this.database = database;
        this.lane = new Lane<>("claims", 4_096, 200, this::grant);
    }

    public Claim claim(Ticket ticket) {
        return lane.submit(ticket);
    }

    @Override
    @PreDestroy
    public void close() {
        lane.close();
    }

    /** The answers in the order of the tickets. Each statement is a transaction by itself: mostly there is only one. */
    private List<Claim> grant(List<Ticket> tickets) {
        var claims = new HashMap<UUID, Claim>();
        var orders = tickets.stream()
                .map(Ticket::order)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!orders.isEmpty()) {
            granted(claims, database.statement(tx -> grantFirst(tx, orders)));
        }
        var again = tickets.stream().filter(ticket -> ticket.order() == null).toList();
        if (!again.isEmpty()) {
            granted(claims, database.statement(tx -> grantAgain(tx, again)));
        }
        var refused = tickets.stream()
                .filter(ticket -> !claims.containsKey(ticket.paymentId()))
                .toList();
        if (!refused.isEmpty()) {
            claims.putAll(database.read(tx -> explain(tx, refused)));
        }
        var later = refused.stream()
                .map(Ticket::order)
                .filter(Objects::nonNull)
                .filter(order -> order.chargeNo() > 1)
                .toList();
        if (!later.isEmpty()) {
            claims.putAll(database.read(tx -> behindAnother(tx, later)));
        }
        return tickets.stream().map(ticket -> handOut(claims, ticket)).toList();
    }

    private static void granted(Map<UUID, Claim> claims, List<Payment> payments) {
        payments.forEach(payment -> claims.put(payment.order().paymentId(), new Claim.Granted(payment)));
    }

    /** Of several tickets for one payment in the same batch, one gets the lease and the others wait for it. */
    private static Claim handOut(Map<UUID, Claim> claims, Ticket ticket) {
        var claim = claims.getOrDefault(ticket.paymentId(), new Claim.Over());
        if (claim instanceof Claim.Granted) {
            claims.put(ticket.paymentId(), new Claim.Later(LEASE));
        }
        return claim;
    }

    /**
     * The first record of a payment enters it into the ledger, already claimed; not while an earlier charge of the booking,
     * which has been taken back, may still take money. Whoever did not come back within its lease may have made a request that
     * nobody knows of.
     */
    public static List<Payment> grantFirst(Transaction tx, List<Order> orders) throws SQLException {
        return tx.query(
                """
                insert into payment as p (id, booking_id, charge_no, kind, amount, currency, method, user_id,
                    traceparent, request_id, state, attempt, fence, lease_until, key_since)
                select o.*, 'ATTEMPTING', 1, 1, clock_timestamp() + ? * interval '1 ms', clock_timestamp()
                from unnest(?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::text[]) as o (id, booking_id, charge_no, kind, amount, currency, method,
                    user_id, traceparent, request_id)
                where o.charge_no = 1 or not exists (
                    select from payment as earlier
                    where earlier.booking_id = o.booking_id and earlier.charge_no < o.charge_no
                      and earlier.state in ('WAITING', 'ATTEMPTING', 'ACTION_REQUIRED', 'UNPROVEN'))
                on conflict (booking_id, charge_no) do update
                set state = 'ATTEMPTING', attempt = 1, fence = p.fence + 1, lease_until = excluded.lease_until,
                    doubt = case when p.state = 'ATTEMPTING' and p.doubt = 'NONE' then 'SAME_KEY' else p.doubt end,
                    key_since = coalesce(p.key_since, excluded.key_since),
                    key_until = case p.state when 'WAITING' then p.key_until end, updated_at = clock_timestamp()
                where p.id = excluded.id and p.cycle = 1 and p.cancel_reason is null
                  and (p.state = 'WAITING' and p.attempt = 0 and p.next_attempt_at <= clock_timestamp()
                    or p.state = 'ATTEMPTING' and p.attempt = 1 and p.lease_until < clock_timestamp())
                returning *
                """,
                PaymentRow::of,
                LEASE.toMillis(),
                column(orders, Order::paymentId, UUID[]::new),
                column(orders, Order::bookingId, UUID[]::new),
                orders.stream().mapToInt(Order::chargeNo).toArray(),
                column(orders, Order::kind, String[]::new),
                orders.stream().mapToLong(Order::amount).toArray(),
                column(orders, Order::currency, String[]::new),
                column(orders, Order::method, String[]::new),
                column(orders, Order::userId, String[]::new),
                column(orders, order -> order.trace().traceparent(), String[]::new),
                column(orders, order -> order.trace().requestId(), String[]::new));
    }

    /**
     * Every later record names the attempt it is for; only the next one, or one whose lease has run out, is granted. A replay
     * begins with a question, as if an answer had come that says nothing: what was proven may have arrived late.
     */
    private static List<Payment> grantAgain(Transaction tx, List<Ticket> again) throws SQLException {
        return tx.query(
                """
                update payment as p
                set state = 'ATTEMPTING', attempt = t.attempt, fence = p.fence + 1,
                    doubt = case when p.doubt <> 'NONE' then p.doubt
                        when p.cycle > 1 and t.attempt = 1 then 'ANSWERED'
                        when p.state = 'ATTEMPTING' then 'SAME_KEY' else 'NONE' end,
                    lease_until = clock_timestamp() + ? * interval '1 ms',
                    key_since = coalesce(p.key_since, clock_timestamp()),
                    key_until = case p.state when 'WAITING' then p.key_until end, updated_at = clock_timestamp()
                from unnest(?::uuid[], ?::int[], ?::int[]) as t (id, cycle, attempt)
                where p.id = t.id and p.cycle = t.cycle and p.cancel_reason is null
                  and (p.state = 'WAITING' and p.attempt = t.attempt - 1
                        and p.next_attempt_at <= clock_timestamp()
                    or p.state = 'ATTEMPTING' and p.attempt = t.attempt and p.lease_until < clock_timestamp())
                returning p.*
                """,
                PaymentRow::of,
                LEASE.toMillis(),
                column(again, Ticket::paymentId, UUID[]::new),
                again.stream().mapToInt(Ticket::cycle).toArray(),
                again.stream().mapToInt(Ticket::attempt).toArray());
    }

    /** Whoever was not granted an attempt that is still to come waits for it; every other ticket is void. */
    private static Map<UUID, Claim> explain(Transaction tx, List<Ticket> refused) throws SQLException {
        var waits = new HashMap<UUID, Claim>();
        tx.query(
                        """
                        select p.id, extract(epoch from
                            case p.state when 'WAITING' then p.next_attempt_at else p.lease_until end
                                - clock_timestamp()) * 1000 as wait_millis
                        from payment as p
                        join unnest(?::uuid[], ?::int[], ?::int[]) as t (id, cycle, attempt)
                          on p.id = t.id and p.cycle = t.cycle and p.cancel_reason is null
                         and (p.state = 'WAITING' and p.attempt = t.attempt - 1
                           or p.state = 'ATTEMPTING' and p.attempt = t.attempt)
                        """,
                        row -> Map.entry(
                                row.getObject("id", UUID.class),
                                new Claim.Later(Duration.ofMillis(Math.max(1, row.getLong("wait_millis") + 1)))),
                        column(refused, Ticket::paymentId, UUID[]::new),
                        refused.stream().mapToInt(Ticket::cycle).toArray(),
                        refused.stream().mapToInt(Ticket::attempt).toArray())
                .forEach(later -> waits.put(later.getKey(), later.getValue()));
        return waits;
    }

    /** Charges that are not in the ledger yet, because an earlier one of their booking is still open. */
    private static Map<UUID, Claim> behindAnother(Transaction tx, List<Order> later) throws SQLException {
        var waits = new HashMap<UUID, Claim>();
        tx.query(
                        """
                        select o.id from unnest(?::uuid[], ?::uuid[], ?::int[]) as o (id, booking_id, charge_no)
                        where not exists (
                            select from payment as own
                            where own.booking_id = o.booking_id and own.charge_no = o.charge_no)
                        """,
                        row -> row.getObject("id", UUID.class),
                        column(later, Order::paymentId, UUID[]::new),
                        column(later, Order::bookingId, UUID[]::new),
                        later.stream().mapToInt(Order::chargeNo).toArray())
                .forEach(id -> waits.put(id, new Claim.Later(ANOTHER_FIRST)));
        return waits;
    }
}
