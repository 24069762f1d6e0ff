package escale.booking;

/** How a booking is paid: at once by card, or later by link. */
public enum PaymentMethod {
    CARD,
    DEFERRED
}
