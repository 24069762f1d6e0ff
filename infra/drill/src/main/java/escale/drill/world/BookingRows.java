package escale.drill.world;

import escale.drill.wire.Addresses.DatabaseAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The database of booking, as somebody reads it who only knows its tables. */
final class BookingRows {
    private final DatabaseAddress database;

    BookingRows(DatabaseAddress database) {
        this.database = database;
    }

    Rows<Booking> bookings() {
        return Rows.of(database, """
                select b.id, b.user_id, b.departure_id, b.people, b.amount, b.currency, b.status, b.charge_no,
                    b.requires_manual_intervention, b.expires_at, b.version,
                    coalesce(f.from_departure_id, b.departure_id) as asked_departure_id,
                    coalesce(f.from_people, b.people) as asked_people,
                    w.departure_id as held_departure_id, w.held, w.charge_no as held_charge_no, w.expires_at as held_until
                from booking b
                left join lateral (
                    select from_departure_id, from_people from booking_change
                    where booking_id = b.id and state = 'DONE' order by asked_at limit 1) as f on true
                left join booking_change w on w.booking_id = b.id and w.state = 'PENDING'
                order by b.id
                """, BookingRows::booking);
    }

    List<Departure> departures() {
        return Rows.all(
                database,
                "select id, capacity, seats_left from departure",
                row -> new Departure(row.getObject(1, UUID.class), row.getInt(2), row.getInt(3)));
    }

    boolean know(List<UUID> departures) {
        var ids = String.join(",", departures.stream().map(id -> "'" + id + "'").toList());
        return Rows.number(database, "select count(*) from departure where id in (" + ids + ")") == departures.size();
    }

    /** Bookings a machine still has to move; where money goes back, payment knows when that is over. */
    long moving(Instant now) {
        return Rows.number(database, """
                select (select count(*) from booking
                        where status = 'PENDING_PAYMENT' and not requires_manual_intervention
                           or status in ('RESERVED_PENDING_PAYMENT', 'ACTION_REQUIRED', 'PAYMENT_FAILED')
                          and expires_at < '%1$s')
                    + (select count(*) from booking_change where state = 'PENDING' and expires_at < '%1$s')
                """.formatted(now));
    }

    long untold() {
        return Rows.number(database, "select count(*) from outbox");
    }

    private static Booking booking(ResultSet row) throws SQLException {
        return new Booking(
                row.getObject("id", UUID.class),
                row.getString("user_id"),
                row.getObject("departure_id", UUID.class),
                row.getInt("people"),
                row.getLong("amount"),
                row.getString("currency").intern(),
                Booking.Status.valueOf(row.getString("status")),
                row.getInt("charge_no"),
                row.getBoolean("requires_manual_intervention"),
                instant(row, "expires_at"),
                row.getInt("version"),
                new Booking.Seats(row.getObject("asked_departure_id", UUID.class), row.getInt("asked_people")),
                change(row));
    }

    private static Booking.@Nullable Change change(ResultSet row) throws SQLException {
        var departure = row.getObject("held_departure_id", UUID.class);
        return departure == null
                ? null
                : new Booking.Change(
                        new Booking.Seats(departure, row.getInt("held")),
                        row.getInt("held_charge_no"),
                        instant(row, "held_until"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
