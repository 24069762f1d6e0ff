package escale.booking;

import java.util.Arrays;

/** What a booking is. */
public enum Status {
    PENDING_PAYMENT(true),
    RESERVED_PENDING_PAYMENT(true),
    /** The traveller confirms the payment at the bank. */
    ACTION_REQUIRED(true),
    PAYMENT_FAILED(true),
    CONFIRMED(true),
    CANCELLED(false),
    EXPIRED(false),
    REFUND_PENDING(false),
    REFUNDED(false);

    private final boolean holdsSeats;

    Status(boolean holdsSeats) {
        this.holdsSeats = holdsSeats;
    }

    /** Its seats are nobody else's. */
    public boolean holdsSeats() {
        return holdsSeats;
    }

    /** The names of those whose seats are nobody else's, for SQL. */
    public static String[] holdingSeats() {
        return Arrays.stream(values())
                .filter(Status::holdsSeats)
                .map(Status::name)
                .toArray(String[]::new);
    }

    /** Nothing follows by itself: only a person leads on from here, or money that nobody expects any more. */
    public boolean isSettled() {
        return switch (this) {
            case CONFIRMED, CANCELLED, EXPIRED, REFUNDED -> true;
            case PENDING_PAYMENT, RESERVED_PENDING_PAYMENT, ACTION_REQUIRED, PAYMENT_FAILED, REFUND_PENDING -> false;
        };
    }
}
