package escale.booking.http;

import escale.booking.Booking;
import escale.booking.change.Change;
import escale.booking.sql.BookingViews;
import escale.http.Problem;
import escale.http.ProblemException;
import escale.http.identity.Identity;
import escale.http.identity.Role;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Bookings as far as somebody may know of them: what belongs to another is not there. */
@Singleton
final class VisibleBookings {
    private final BookingViews bookings;

    VisibleBookings(BookingViews bookings) {
        this.bookings = bookings;
    }

    Booking find(UUID id, Identity identity, Role... evenIfNotOwner) {
        return bookings.find(id)
                .filter(booking -> identity.mayAccess(booking.userId(), evenIfNotOwner))
                .orElseThrow(VisibleBookings::unknown);
    }

    Optional<Change> pendingChange(Booking booking) {
        return bookings.pendingChange(booking);
    }

    static ProblemException unknown() {
        return new ProblemException(
                Problem.notFound("unknown-booking", "There is no such booking, or it is not yours"));
    }
}
