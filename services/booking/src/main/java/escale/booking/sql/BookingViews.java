package escale.booking.sql;

import escale.booking.Booking;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Bookings as they are shown. */
@Singleton
public final class BookingViews {
    private final Database database;

    BookingViews(Database database) {
        this.database = database;
    }

    public Optional<Booking> find(UUID id) {
        return database.read(tx -> tx.first(
                "select " + BookingRow.COLUMNS
                        + " from booking b join departure d on d.id = b.departure_id where b.id = ?",
                BookingRow::of,
                id));
    }
}
