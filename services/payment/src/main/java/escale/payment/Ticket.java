package escale.payment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to make one attempt, as a record carries it. The ledger decides whether it is still good.
 *
 * @param order given by the first record of a payment, which is how the ledger learns of it
 */
public record Ticket(
        UUID paymentId,
        int chargeNo,
        int cycle,
        int attempt,
        @Nullable Order order) {

    public static Ticket first(Order order) {
        return new Ticket(order.paymentId(), order.chargeNo(), 1, 1, order);
    }
}
