package escale.booking.change;

import escale.booking.Booking;
import escale.booking.PaymentNews;
import escale.runtime.Trace;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a booking was, and what it is to become.
 *
 * @param held seats of the departure wanted, beside those that are the booking's own, while it is pending
 * @param chargeNo of the supplement; null where none is due
 * @param chargeOpen nobody knows yet what became of that charge
 * @param link where the traveller confirms the supplement at the bank
 * @param expiresAt when it is dropped unless it is paid; null while the outcome of its charge is unknown
 */
public record Change(
        UUID id,
        UUID bookingId,
        State state,
        Seats before,
        Seats after,
        int held,
        @Nullable Integer chargeNo,
        boolean chargeOpen,
        @Nullable String link,
        @Nullable Instant expiresAt,
        Trace trace) {

    /** So many seats of a departure, and their price; the same on the wire. */
    @Serdeable
    public record Seats(UUID departureId, Instant startsAt, int people, long amount) {
        public static Seats of(Booking booking) {
            var trip = booking.trip();
            return new Seats(trip.departureId(), trip.startsAt(), booking.people(), booking.amount());
        }
    }

    /** How far it has come. */
    public enum State {
        PENDING,
        DONE,
        DROPPED
    }

    static Change done(ChangeRequest request, Booking booking, Changing.Decision.Granted granted) {
        return of(request, State.DONE, booking, granted, 0, null, null);
    }

    static Change pending(
            ChangeRequest request, Booking booking, Changing.Decision.Granted granted, int chargeNo, Instant until) {
        return of(request, State.PENDING, booking, granted, granted.further(booking), chargeNo, until);
    }

    private static Change of(
            ChangeRequest request,
            State state,
            Booking booking,
            Changing.Decision.Granted granted,
            int held,
            @Nullable Integer chargeNo,
            @Nullable Instant until) {
        var departure = granted.departure();
        return new Change(
                request.changeId(),
                request.bookingId(),
                state,
                Seats.of(booking),
                new Seats(departure.id(), departure.startsAt(), granted.people(), granted.amount()),
                held,
                chargeNo,
                chargeNo != null,
                null,
                until,
                request.trace());
    }

    /** Whether the news is about its supplement. */
    boolean isAbout(PaymentNews.About news) {
        return chargeNo != null && chargeNo == news.chargeNo() && bookingId.equals(news.bookingId());
    }

    public long supplement() {
        return after.amount() - before.amount();
    }

    /**
     * Whether a charge pays for what the booking is: the one it was confirmed by, and the supplements of its changes. All
     * others were given up, and their money goes back.
     *
     * @param changes all of the booking
     */
    public static boolean isKept(int chargeNo, Booking booking, List<Change> changes) {
        var first = booking.chargeNo() + 1;
        for (var change : changes) {
            var supplement = change.chargeNo();
            if (supplement != null) {
                first = Math.min(first, supplement);
                if (supplement == chargeNo) {
                    return change.state() == State.DONE;
                }
            }
        }
        return chargeNo == first - 1;
    }
}
