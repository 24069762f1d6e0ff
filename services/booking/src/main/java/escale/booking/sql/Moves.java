package escale.booking.sql;

import static escale.sql.Columns.column;
import static java.util.Objects.requireNonNull;

import escale.booking.Booking;
import escale.booking.Departure;
import escale.booking.Move;
import escale.booking.Status;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Moves bookings, many in one statement. A move that finds its booking elsewhere does nothing, and that is how hearing
 * something twice, or late, is harmless.
 */
@Singleton
public final class Moves {

    /** A booking after its move, and what it was before. */
    public record Moved(Status before, Booking booking) {}

    /** Those that happened, by booking. Of each booking there may be one move. */
    public Map<UUID, Moved> apply(Transaction tx, List<Move> moves, Instant now) throws SQLException {
        var moved = new HashMap<UUID, Moved>();
        if (moves.isEmpty()) {
            return moved;
        }
        var rows = moves.stream().sorted(Comparator.comparing(Move::bookingId)).toList();
        tx.query(
                        """
                        update booking b
                        set status = m.status, requires_manual_intervention = m.manual, reason = m.reason, link = m.link,
                            expires_at = m.expires_at, attempts = greatest(b.attempts, m.attempts),
                            version = b.version + 1, updated_at = ?
                        from unnest(?::uuid[], ?::int[], ?::int[], ?::text[], ?::text[], ?::boolean[], ?::text[],
                                ?::text[], ?::timestamptz[], ?::int[])
                            as m (id, charge_no, version, from_set, status, manual, reason, link, expires_at, attempts),
                            departure d
                        where b.id = m.id and d.id = b.departure_id
                          and b.charge_no = m.charge_no
                          and b.status = any (string_to_array(m.from_set, ' '))
                          and b.version = coalesce(m.version, b.version)
                          and (b.status, b.requires_manual_intervention) is distinct from (m.status, m.manual)
                        returning old.status as before,
                        """ + BookingRow.COLUMNS,
                        row -> new Moved(Status.valueOf(row.getString("before")), BookingRow.of(row)),
                        now,
                        column(rows, Move::bookingId, UUID[]::new),
                        rows.stream().mapToInt(Move::chargeNo).toArray(),
                        column(rows, Move::version, Integer[]::new),
                        column(rows, m -> m.transition().fromNames(), String[]::new),
                        column(rows, m -> m.transition().to().name(), String[]::new),
                        column(rows, Move::requiresManualIntervention, Boolean[]::new),
                        column(rows, Move::reason, String[]::new),
                        column(rows, Move::link, String[]::new),
                        column(rows, Move::expiresAt, Instant[]::new),
                        rows.stream().mapToInt(Move::attempts).toArray())
                .forEach(move -> moved.put(move.booking().id(), move));
        return moved;
    }

    /** Of a booking that the caller has locked, so that nobody else can have moved it. */
    public Booking applyLocked(Transaction tx, Move move, Instant now) throws SQLException {
        var moved = apply(tx, List.of(move), now).get(move.bookingId());
        if (moved == null) {
            throw movedWhileLocked(move.bookingId());
        }
        return moved.booking();
    }

    static IllegalStateException movedWhileLocked(UUID bookingId) {
        return new IllegalStateException("Booking " + bookingId + " moved while it was locked");
    }

    /** How often the present charges have been tried. Changes no version: it is no change that is told. */
    public void countAttempts(Transaction tx, List<UUID> bookings, int[] chargeNos, int[] attempts) {
        if (bookings.isEmpty()) {
            return;
        }
        tx.updateLater("""
                update booking b set attempts = t.attempts
                from unnest(?::uuid[], ?::int[], ?::int[]) as t (id, charge_no, attempts)
                where b.id = t.id and b.charge_no = t.charge_no and b.attempts < t.attempts
                  and b.status = 'PENDING_PAYMENT'
                """, (Object) bookings.toArray(UUID[]::new), chargeNos, attempts);
    }

    /** Before the bookings, and in the order in which everybody locks them. */
    public Map<UUID, Departure> lockDepartures(Transaction tx, Collection<UUID> bookings) throws SQLException {
        return lockDepartures(tx, bookings, List.of());
    }

    /** Those that the bookings hold seats of, for changes that wait too, and these. */
    public Map<UUID, Departure> lockDepartures(Transaction tx, Collection<UUID> bookings, Collection<UUID> others)
            throws SQLException {
        var departures = new HashMap<UUID, Departure>();
        tx.query("""
                        select id, tour_id, tour_title, starts_at, zone, currency, price, seats_left, open
                        from departure where id = any (?) order by id for no key update
                        """, DepartureRow::of, (Object) held(tx, bookings, others))
                .forEach(departure -> departures.put(departure.id(), departure));
        return departures;
    }

    /**
     * A statement of its own: where a lock is waited for, PostgreSQL looks at the row again, and finds it in no union that it
     * has read before.
     */
    private static UUID[] held(Transaction tx, Collection<UUID> bookings, Collection<UUID> others) throws SQLException {
        var ids = bookings.toArray(UUID[]::new);
        return tx.query("""
                        select departure_id from booking where id = any (?)
                        union
                        select departure_id from booking_change where booking_id = any (?) and state = 'PENDING'
                        union
                        select unnest(?::uuid[])
                        """, row -> row.getObject(1, UUID.class), ids, ids, others.toArray(UUID[]::new))
                .toArray(UUID[]::new);
    }

    public Map<UUID, Booking> lock(Transaction tx, Collection<UUID> ids) throws SQLException {
        var bookings = new HashMap<UUID, Booking>();
        tx.query("select " + BookingRow.COLUMNS + """

                                from booking b join departure d on d.id = b.departure_id
                                where b.id = any (?) order by b.id for no key update of b
                                """, BookingRow::of, (Object) ids.toArray(UUID[]::new))
                .forEach(booking -> bookings.put(booking.id(), booking));
        return bookings;
    }

    /** Those whose seats are to be released by now, the longest overdue first. */
    public List<Booking> overdue(Transaction tx, Instant now, int most) throws SQLException {
        return tx.query("select " + BookingRow.COLUMNS + """

                        from booking b join departure d on d.id = b.departure_id
                        where b.expires_at <= ? order by b.expires_at limit ?
                        """, BookingRow::of, now, most);
    }

    /** The departures must be locked: nobody else decides about their seats meanwhile. */
    public void changeSeats(Transaction tx, Map<UUID, Integer> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        var departures = List.copyOf(changes.keySet());
        tx.update(
                """
                update departure d set seats_left = d.seats_left + c.seats
                from unnest(?::uuid[], ?::int[]) as c (id, seats) where d.id = c.id
                """,
                (Object) departures.toArray(UUID[]::new),
                departures.stream()
                        .mapToInt(id -> requireNonNull(changes.get(id)))
                        .toArray());
    }
}
