package escale.drill.load;

import org.jspecify.annotations.Nullable;

/** How a booking left the hands of the machines, as its events tell. */
public enum Ending {
    CONFIRMED,
    PAYMENT_FAILED,
    NEEDS_ATTENTION,
    RESERVED,
    ACTION_REQUIRED,
    CANCELLED,
    EXPIRED;

    static @Nullable Ending of(String type) {
        return switch (type) {
            case "booking.confirmed" -> CONFIRMED;
            case "booking.payment-failed" -> PAYMENT_FAILED;
            case "booking.needs-attention" -> NEEDS_ATTENTION;
            case "booking.reserved" -> RESERVED;
            case "booking.action-required" -> ACTION_REQUIRED;
            case "booking.cancelled" -> CANCELLED;
            case "booking.expired" -> EXPIRED;
            default -> null;
        };
    }
}
