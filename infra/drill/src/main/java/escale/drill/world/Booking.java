package escale.drill.world;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking as its own database has it.
 *
 * @param asked what its traveller asked for at first, before any change took effect
 * @param change that waits for its supplement
 */
public record Booking(
        UUID id,
        String user,
        UUID departure,
        int people,
        long amount,
        String currency,
        Status status,
        int chargeNo,
        boolean needsAttention,
        @Nullable Instant expiresAt,
        int version,
        Seats asked,
        @Nullable Change change) {

    /** So many of a departure. */
    public record Seats(UUID departure, int people) {}

    /**
     * A change that waits.
     *
     * @param held beside the booking's own seats
     * @param until when it is dropped; null while nobody knows what became of its charge
     */
    public record Change(Seats held, int chargeNo, @Nullable Instant until) {}

    /** As the database of booking spells them. */
    public enum Status {
        PENDING_PAYMENT,
        RESERVED_PENDING_PAYMENT,
        ACTION_REQUIRED,
        PAYMENT_FAILED,
        CONFIRMED,
        CANCELLED,
        EXPIRED,
        REFUND_PENDING,
        REFUNDED
    }

    public boolean holdsSeats() {
        return switch (status) {
            case PENDING_PAYMENT, RESERVED_PENDING_PAYMENT, ACTION_REQUIRED, PAYMENT_FAILED, CONFIRMED -> true;
            case CANCELLED, EXPIRED, REFUND_PENDING, REFUNDED -> false;
        };
    }

    /** Whether it may stay as it is: final, or waiting for a person, or for a traveller whose time is not over. */
    public boolean rests(Instant now) {
        return switch (status) {
            case CONFIRMED, CANCELLED, EXPIRED, REFUNDED -> true;
            case RESERVED_PENDING_PAYMENT, ACTION_REQUIRED, PAYMENT_FAILED ->
                expiresAt == null || expiresAt.isAfter(now);
            case PENDING_PAYMENT -> needsAttention;
            case REFUND_PENDING -> false;
        };
    }

    /** Whether its traveller must have paid its price. */
    public boolean paid() {
        return status == Status.CONFIRMED;
    }
}
