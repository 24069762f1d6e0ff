package escale.booking.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.booking.Departure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** A departure as the domain sees it. */
final class DepartureRow {
    private DepartureRow() {}

    static Departure of(ResultSet row) throws SQLException {
        return new Departure(
                row.getObject("id", UUID.class),
                row.getObject("tour_id", UUID.class),
                requireNonNull(row.getString("tour_title")),
                requireNonNull(instant(row, "starts_at")),
                requireNonNull(row.getString("zone")),
                requireNonNull(row.getString("currency")),
                row.getLong("price"),
                row.getInt("seats_left"),
                row.getBoolean("open"));
    }
}
