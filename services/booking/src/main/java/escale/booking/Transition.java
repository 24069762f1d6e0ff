package escale.booking;

import static escale.booking.Status.ACTION_REQUIRED;
import static escale.booking.Status.CANCELLED;
import static escale.booking.Status.CONFIRMED;
import static escale.booking.Status.EXPIRED;
import static escale.booking.Status.PAYMENT_FAILED;
import static escale.booking.Status.PENDING_PAYMENT;
import static escale.booking.Status.REFUNDED;
import static escale.booking.Status.REFUND_PENDING;
import static escale.booking.Status.RESERVED_PENDING_PAYMENT;

import java.util.Set;

/** The legal moves of a booking, here and nowhere else: SQL is given the statuses each may begin from. */
public enum Transition {
    CONFIRM(CONFIRMED, PENDING_PAYMENT, ACTION_REQUIRED, PAYMENT_FAILED),
    /** By link, or with another card: a further charge is ordered. */
    PAY(PENDING_PAYMENT, RESERVED_PENDING_PAYMENT, PAYMENT_FAILED),
    /** A definite no of the card. */
    DECLINE(PAYMENT_FAILED, PENDING_PAYMENT, ACTION_REQUIRED),
    /** The retries ended, and nothing was taken. */
    EXHAUST(PAYMENT_FAILED, PENDING_PAYMENT, ACTION_REQUIRED),
    /** The retries ended, and nobody knows whether something was taken. */
    DOUBT(PENDING_PAYMENT, PENDING_PAYMENT, ACTION_REQUIRED),
    ASK_TRAVELLER(ACTION_REQUIRED, PENDING_PAYMENT),
    EXPIRE(EXPIRED, RESERVED_PENDING_PAYMENT, ACTION_REQUIRED, PAYMENT_FAILED),
    CANCEL(CANCELLED, PENDING_PAYMENT, RESERVED_PENDING_PAYMENT, ACTION_REQUIRED, PAYMENT_FAILED, CONFIRMED),
    /** Other seats, or only the wish for them: it stays paid throughout. */
    CHANGE(CONFIRMED, CONFIRMED),
    /** The money came after the seats were released, and there are seats again. */
    RESEAT(CONFIRMED, EXPIRED),
    /** There is money that buys no seats. */
    GIVE_BACK(REFUND_PENDING, CANCELLED, EXPIRED),
    REFUND(REFUNDED, REFUND_PENDING, CANCELLED, EXPIRED);

    private final Status to;

    @SuppressWarnings("ImmutableEnumChecker") // a copy, never handed out
    private final Set<Status> from;

    Transition(Status to, Status... from) {
        this.to = to;
        this.from = Set.of(from);
    }

    public Status to() {
        return to;
    }

    public boolean isLegalFrom(Status status) {
        return from.contains(status);
    }

    /** The from-set as SQL splits it again. */
    public String fromNames() {
        return String.join(" ", from.stream().map(Status::name).sorted().toList());
    }
}
