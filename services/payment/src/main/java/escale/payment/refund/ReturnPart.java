package escale.payment.refund;

import escale.messaging.Malformed;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Gives a part of what a booking paid back, from its latest charges first; the charges stay paid. What the provider
 * refuses becomes a case, as with every refund.
 */
@Singleton
public final class ReturnPart {
    private final Database database;

    /**
     * Booking's wish.
     *
     * @param requestId under which it is done once
     */
    public record PartOrder(UUID requestId, UUID bookingId, long amount, String currency, String reason) {}

    ReturnPart(Database database) {
        this.database = database;
    }

    /** All of it or nothing: where the charges do not hold so much, people look at the order. */
    public void giveBack(PartOrder order) {
        database.transaction(tx -> {
            TellRefunds.lockPayments(tx, order.bookingId());
            enter(tx, order);
            var entered = entered(tx, order);
            if (entered != order.amount()) {
                throw new Malformed("Of %d only %d can be given back to booking %s"
                        .formatted(order.amount(), entered, order.bookingId()));
            }
            return entered;
        });
    }

    private static void enter(Transaction tx, PartOrder order) throws SQLException {
        tx.update(
                """
                insert into refund (id, payment_id, amount, reason, request_id)
                select uuidv7(), c.id, least(c.holds, ? - c.before), ?, ?
                from (select p.id, p.holds,
                        coalesce(sum(p.holds) over (order by p.charge_no desc
                            rows between unbounded preceding and 1 preceding), 0) as before
                    from (select id, charge_no, amount - (
                                select coalesce(sum(amount), 0) from refund where payment_id = payment.id) as holds
                        from payment
                        where booking_id = ? and currency = ? and state = 'PAID' and cancel_reason is null) as p
                    where p.holds > 0) as c
                where c.before < ? and not exists (select from refund where request_id = ?)
                """,
                order.amount(),
                order.reason(),
                order.requestId(),
                order.bookingId(),
                order.currency(),
                order.amount(),
                order.requestId());
    }

    /** Now, or when it was heard before. */
    private static long entered(Transaction tx, PartOrder order) throws SQLException {
        return tx.first(
                        "select coalesce(sum(amount), 0)::bigint from refund where request_id = ?",
                        row -> row.getLong(1),
                        order.requestId())
                .orElseThrow();
    }
}
