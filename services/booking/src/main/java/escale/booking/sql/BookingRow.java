package escale.booking.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.booking.Booking;
import escale.booking.PaymentMethod;
import escale.booking.Status;
import escale.runtime.Trace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** A booking {@code b} and its departure {@code d}, as the domain sees them together. */
final class BookingRow {
    static final String COLUMNS = "b.*, d.tour_id, d.tour_title, d.starts_at, d.zone";

    private BookingRow() {}

    static Booking of(ResultSet row) throws SQLException {
        return new Booking(
                row.getObject("id", UUID.class),
                requireNonNull(row.getString("user_id")),
                new Booking.Trip(
                        row.getObject("tour_id", UUID.class),
                        requireNonNull(row.getString("tour_title")),
                        row.getObject("departure_id", UUID.class),
                        requireNonNull(instant(row, "starts_at")),
                        requireNonNull(row.getString("zone"))),
                row.getInt("people"),
                row.getLong("amount"),
                requireNonNull(row.getString("currency")),
                Status.valueOf(row.getString("status")),
                PaymentMethod.valueOf(row.getString("payment_method")),
                row.getInt("charge_no"),
                row.getObject("payment_id", UUID.class),
                row.getInt("attempts"),
                row.getBoolean("requires_manual_intervention"),
                row.getString("reason"),
                row.getString("link"),
                row.getString("locale"),
                instant(row, "expires_at"),
                new Trace(requireNonNull(row.getString("traceparent")), ""),
                requireNonNull(instant(row, "created_at")),
                requireNonNull(instant(row, "updated_at")),
                row.getInt("version"));
    }
}
