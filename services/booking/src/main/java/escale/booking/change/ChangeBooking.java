package escale.booking.change;

import escale.booking.Booking;
import escale.booking.BookingSettings;
import escale.booking.Departure;
import escale.booking.change.Change.State;
import escale.booking.change.Changing.Decision;
import escale.booking.sql.Changes;
import escale.booking.sql.Moves;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes a booking that is paid. What costs no more is done at once, also while payment is down; what costs more waits for
 * its supplement. Seats are moved under the locks that sell them.
 */
@Singleton
public final class ChangeBooking {
    private final Database database;
    private final Moves moves;
    private final Changes changes;
    private final TakeSeats takeSeats;
    private final OrderSupplement orderSupplement;
    private final Clock clock;
    private final int seatsPerTraveller;

    ChangeBooking(
            Database database,
            Moves moves,
            Changes changes,
            TakeSeats takeSeats,
            OrderSupplement orderSupplement,
            Clock clock,
            BookingSettings settings) {
        this.database = database;
        this.moves = moves;
        this.changes = changes;
        this.takeSeats = takeSeats;
        this.orderSupplement = orderSupplement;
        this.clock = clock;
        this.seatsPerTraveller = settings.seatsPerTraveller();
    }

    public Changed change(ChangeRequest request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.transaction(tx -> {
            var id = request.bookingId();
            var departures = moves.lockDepartures(
                    tx, List.of(id), request.departureId() == null ? List.of() : List.of(request.departureId()));
            var booking = moves.lock(tx, List.of(id)).get(id);
            if (booking == null) {
                return new Changed.Unknown();
            }
            var earlier = changes.hashUnder(tx, id, request.key());
            if (earlier.isPresent()) {
                return Arrays.equals(earlier.get(), request.hash())
                        ? new Changed.Replayed(booking)
                        : new Changed.KeyReused();
            }
            var all = changes.of(tx, List.of(id));
            var refusal = refusal(booking, request, all);
            return refusal == null ? decide(tx, booking, request, departures, all, now) : refusal;
        });
    }

    /** Before it is asked what the change would come to. */
    private static @Nullable Changed refusal(Booking booking, ChangeRequest request, List<Change> all) {
        if (all.stream().anyMatch(change -> change.state() == State.PENDING)) {
            return new Changed.Pending();
        }
        if (booking.version() != request.version()) {
            return new Changed.Stale(booking);
        }
        return switch (booking.status()) {
            case CONFIRMED -> null;
            case PENDING_PAYMENT,
                    RESERVED_PENDING_PAYMENT,
                    ACTION_REQUIRED,
                    PAYMENT_FAILED,
                    CANCELLED,
                    EXPIRED,
                    REFUND_PENDING,
                    REFUNDED -> new Changed.NotConfirmed(booking);
        };
    }

    private Changed decide(
            Transaction tx,
            Booking booking,
            ChangeRequest request,
            Map<UUID, Departure> departures,
            List<Change> all,
            Instant now)
            throws SQLException {
        var wanted =
                Objects.requireNonNullElse(request.departureId(), booking.trip().departureId());
        var besides = seatsPerTraveller > 0 ? changes.heldBesides(tx, booking, wanted) : 0;
        var facts = new Changing.Facts(departures, besides, seatsPerTraveller, now);
        return switch (Changing.decide(booking, request, facts)) {
            case Decision.Refused(var why) -> why;
            case Decision.Granted granted ->
                granted.amount() > booking.amount()
                        ? orderSupplement.order(tx, booking, granted, request, all, now)
                        : takeSeats.take(tx, booking, granted, request, now);
        };
    }
}
