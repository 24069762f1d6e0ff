package escale.booking.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.booking.Booking;
import escale.booking.Status;
import escale.booking.Transition;
import escale.booking.change.Change;
import escale.booking.change.Change.Seats;
import escale.booking.change.Change.State;
import escale.booking.change.ChangeRequest;
import escale.runtime.Trace;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of bookings. Whoever writes one has locked its booking, and before that the departures of both. */
@Singleton
public final class Changes {
    static final String SELECT = """
            select c.*, f.starts_at as from_starts_at, d.starts_at
            from booking_change c
            join departure f on f.id = c.from_departure_id join departure d on d.id = c.departure_id
            """;

    /** What was asked for under this key, if anything was. */
    public Optional<byte[]> hashUnder(Transaction tx, UUID bookingId, String key) throws SQLException {
        return tx.first(
                "select request_hash from booking_change where booking_id = ? and idempotency_key = ?",
                row -> requireNonNull(row.getBytes(1)),
                bookingId,
                key);
    }

    public List<Change> of(Transaction tx, Collection<UUID> bookings) throws SQLException {
        return tx.query(
                SELECT + "where c.booking_id = any (?)", Changes::change, (Object) bookings.toArray(UUID[]::new));
    }

    public List<Change> pending(Transaction tx, Collection<UUID> bookings) throws SQLException {
        return tx.query(SELECT + "where c.state = 'PENDING' and c.booking_id = any (?)", Changes::change, (Object)
                bookings.toArray(UUID[]::new));
    }

    /** The bookings of those whose time to be paid is over, the longest overdue first. */
    public List<UUID> overdue(Transaction tx, Instant now, int most) throws SQLException {
        return tx.query("""
                select booking_id from booking_change
                where state = 'PENDING' and expires_at <= ? order by expires_at limit ?
                """, row -> row.getObject(1, UUID.class), now, most);
    }

    /** Seats of the departure that the traveller holds otherwise than by this booking. */
    public int heldBesides(Transaction tx, Booking booking, UUID departureId) throws SQLException {
        return tx.first(
                        """
                        select (select coalesce(sum(people), 0) from booking
                                where departure_id = ? and user_id = ? and id <> ? and status = any (?))
                            + (select coalesce(sum(c.held), 0)
                                from booking_change c join booking b on b.id = c.booking_id
                                where c.departure_id = ? and c.state = 'PENDING' and b.user_id = ?)
                        """,
                        row -> row.getInt(1),
                        departureId,
                        booking.userId(),
                        booking.id(),
                        Status.holdingSeats(),
                        departureId,
                        booking.userId())
                .orElseThrow();
    }

    public void add(Transaction tx, Change change, ChangeRequest request, Instant now) throws SQLException {
        tx.update(
                """
                insert into booking_change (id, booking_id, state, from_departure_id, from_people, from_amount,
                    departure_id, people, amount, held, charge_no, charge_open, expires_at, idempotency_key, request_hash,
                    traceparent, asked_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::int, ?, ?::timestamptz, ?, ?, ?, ?)
                """,
                change.id(),
                change.bookingId(),
                change.state(),
                change.before().departureId(),
                change.before().people(),
                change.before().amount(),
                change.after().departureId(),
                change.after().people(),
                change.after().amount(),
                change.held(),
                change.chargeNo(),
                change.chargeOpen(),
                change.expiresAt(),
                request.key(),
                request.hash(),
                request.trace().traceparent(),
                now);
    }

    public void end(Transaction tx, Change change, State state, @Nullable String reason) throws SQLException {
        tx.update(
                "update booking_change set state = ?, reason = ?, link = null, expires_at = null where id = ?",
                state,
                reason,
                change.id());
    }

    /** It is known what became of the charge: a further supplement may be ordered. */
    public void closeCharge(Transaction tx, Change change) throws SQLException {
        tx.update("update booking_change set charge_open = false where id = ?", change.id());
    }

    public void waitAtBank(Transaction tx, Change change, String link, Instant until) throws SQLException {
        tx.update("update booking_change set link = ?, expires_at = ? where id = ?", link, until, change.id());
    }

    /** No time ends it: only what becomes of its charge. */
    public void waitForCertainty(Transaction tx, Change change) throws SQLException {
        tx.update("update booking_change set link = null, expires_at = null where id = ?", change.id());
    }

    /** The booking as it was locked, with these seats from now on. */
    public Booking takeEffect(Transaction tx, Booking booking, Seats seats, Instant now) throws SQLException {
        return write(tx, booking, seats, booking.chargeNo(), now);
    }

    /** The booking as it was locked, one version later, because something is told about it. */
    public Booking next(Transaction tx, Booking booking, int chargeNo, Instant now) throws SQLException {
        return write(tx, booking, Seats.of(booking), chargeNo, now);
    }

    private static Booking write(Transaction tx, Booking booking, Seats seats, int chargeNo, Instant now)
            throws SQLException {
        return tx.first(
                        """
                        update booking b
                        set departure_id = d.id, people = ?, amount = ?, charge_no = ?, version = b.version + 1,
                            updated_at = ?
                        from departure d
                        where b.id = ? and d.id = ? and b.version = ? and b.status = any (string_to_array(?, ' '))
                        returning
                        """ + BookingRow.COLUMNS,
                        BookingRow::of,
                        seats.people(),
                        seats.amount(),
                        chargeNo,
                        now,
                        booking.id(),
                        seats.departureId(),
                        booking.version(),
                        Transition.CHANGE.fromNames())
                .orElseThrow(() -> Moves.movedWhileLocked(booking.id()));
    }

    static Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getObject("id", UUID.class),
                row.getObject("booking_id", UUID.class),
                State.valueOf(row.getString("state")),
                new Seats(
                        row.getObject("from_departure_id", UUID.class),
                        requireNonNull(instant(row, "from_starts_at")),
                        row.getInt("from_people"),
                        row.getLong("from_amount")),
                new Seats(
                        row.getObject("departure_id", UUID.class),
                        requireNonNull(instant(row, "starts_at")),
                        row.getInt("people"),
                        row.getLong("amount")),
                row.getInt("held"),
                row.getObject("charge_no", Integer.class),
                row.getBoolean("charge_open"),
                row.getString("link"),
                instant(row, "expires_at"),
                new Trace(requireNonNull(row.getString("traceparent")), ""));
    }
}
