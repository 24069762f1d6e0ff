package escale.booking;

/** What came of a request for seats. */
public sealed interface Outcome {

    record Accepted(Booking booking) implements Outcome {}

    /** The same request was granted before; this is its booking as it is now. */
    record Replayed(Booking booking) implements Outcome {}

    record SoldOut(int asked, int left) implements Outcome {}

    record UnknownDeparture() implements Outcome {}

    /** It has started already. */
    record DepartureLeft() implements Outcome {}

    /** One traveller would hold more seats of the departure than one may. */
    record TooManySeats(int held, int limit) implements Outcome {}

    /** The key stands for another request. */
    record KeyReused() implements Outcome {}

    /** Too much at once, or this instance is coming up or going down: the same request may be granted in a moment. */
    record Busy() implements Outcome {}
}
