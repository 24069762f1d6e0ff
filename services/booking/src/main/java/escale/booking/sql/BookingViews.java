package escale.booking.sql;

import escale.booking.Booking;
import escale.booking.Status;
import escale.booking.change.Change;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bookings as they are shown. */
@Singleton
public final class BookingViews {
    private final Database database;
    private final Changes changes;

    /**
     * Which bookings are wanted; null is no condition.
     *
     * @param upcoming only confirmed ones whose departure starts within this span
     */
    public record Filter(
            @Nullable String userId,
            @Nullable UUID tourId,
            @Nullable Span upcoming) {}

    /** A stretch of time. */
    public record Span(Instant from, Instant to) {}

    /** The last row of the page before: when it begins if upcoming ones are listed, when it was made if all are. */
    public record After(Instant at, UUID id) {
        public static After last(Filter filter, Booking booking) {
            return new After(
                    filter.upcoming() == null
                            ? booking.createdAt()
                            : booking.trip().startsAt(),
                    booking.id());
        }
    }

    BookingViews(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    public Optional<Booking> find(UUID id) {
        return database.read(tx -> tx.first(
                "select " + BookingRow.COLUMNS
                        + " from booking b join departure d on d.id = b.departure_id where b.id = ?",
                BookingRow::of,
                id));
    }

    /** The change that waits for its supplement. Only who is paid has one, and it is never of the first charge. */
    public Optional<Change> pendingChange(Booking booking) {
        return booking.status() == Status.CONFIRMED && booking.chargeNo() > 1
                ? database.read(tx -> changes.pending(tx, List.of(booking.id()))).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** Newest first; upcoming ones by their start. */
    public List<Booking> list(Filter filter, @Nullable After after, int rows) {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<Object>();
        if (filter.userId() != null) {
            conditions.add("b.user_id = ?");
            values.add(filter.userId());
        }
        if (filter.tourId() != null) {
            conditions.add("d.tour_id = ?");
            values.add(filter.tourId());
        }
        var upcoming = filter.upcoming();
        if (upcoming != null) {
            conditions.add("b.status = 'CONFIRMED' and d.starts_at > ? and d.starts_at <= ?");
            values.addAll(List.of(upcoming.from(), upcoming.to()));
        }
        if (after != null) {
            conditions.add(upcoming == null ? "b.id < ?" : "(d.starts_at, b.id) > (?, ?)");
            values.addAll(upcoming == null ? List.of(after.id()) : List.of(after.at(), after.id()));
        }
        values.add(rows);
        var sql = "select " + BookingRow.COLUMNS + " from booking b join departure d on d.id = b.departure_id"
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + (upcoming == null ? " order by b.id desc limit ?" : " order by d.starts_at, b.id limit ?");
        return database.read(tx -> tx.query(sql, BookingRow::of, values.toArray()));
    }
}
