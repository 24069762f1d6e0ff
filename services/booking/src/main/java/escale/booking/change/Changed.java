package escale.booking.change;

import escale.booking.Booking;

/** What came of the wish to change a booking. */
public sealed interface Changed {

    /** The booking is what was wanted. */
    record Done(Booking booking) implements Changed {}

    /** The booking is what it was, until the supplement is paid. */
    record Waiting(Booking booking, Change change) implements Changed {}

    /** The same wish was granted before; this is its booking as it is now. */
    record Replayed(Booking booking) implements Changed {}

    record Unknown() implements Changed {}

    /** The key stands for another request. */
    record KeyReused() implements Changed {}

    /** Another change waits for its supplement. */
    record Pending() implements Changed {}

    /** It was changed since it was read. */
    record Stale(Booking now) implements Changed {}

    /** Only what is paid can be changed. */
    record NotConfirmed(Booking now) implements Changed {}

    record UnknownDeparture() implements Changed {}

    record OtherTour() implements Changed {}

    /** The departure booked or the one wanted has started. */
    record DepartureLeft() implements Changed {}

    record NothingToChange() implements Changed {}

    record OtherCurrency(String currency) implements Changed {}

    record SoldOut(int asked, int left) implements Changed {}

    record TooManySeats(int held, int limit) implements Changed {}

    /** It costs more, and the request says nothing to charge. */
    record MethodNeeded(long supplement) implements Changed {}

    /** Nobody knows yet what became of the supplement of an earlier change. */
    record BeingVerified() implements Changed {}
}
