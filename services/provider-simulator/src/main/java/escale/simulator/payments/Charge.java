package escale.simulator.payments;

import org.jspecify.annotations.Nullable;

/**
 * One try to take money from a card; an immutable snapshot.
 *
 * @param created seconds since 1970
 * @param decline why it failed; null when the money was taken
 * @param refunded how much of it went back, in minor units
 */
public record Charge(
        String id,
        String intent,
        long created,
        Order order,
        TestMethod method,
        @Nullable Decline decline,
        long refunded)
        implements Resource {

    public boolean paid() {
        return decline == null;
    }

    public long refundable() {
        return order.amount() - refunded;
    }

    Charge refunded(long more) {
        return new Charge(id, intent, created, order, method, decline, refunded + more);
    }
}
