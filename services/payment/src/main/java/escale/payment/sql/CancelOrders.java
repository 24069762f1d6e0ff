package escale.payment.sql;

import escale.payment.Payment;
import escale.payment.State;
import escale.payment.TakeBackCharge.CancelOrder;
import escale.runtime.Ids;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;

/** Enters into the ledger that a charge has been taken back. From then on no attempt is granted. */
@Singleton
public final class CancelOrders {

    /** The charge as the order found it. */
    public record TakenBack(Payment payment, State state, boolean isNowCancelled) {}

    /** Empty where the charge has not come yet; when it comes it finds a tombstone in its place. */
    public Optional<TakenBack> enter(Transaction tx, CancelOrder order) throws SQLException {
        return bury(tx, order) ? Optional.empty() : mark(tx, order);
    }

    private static boolean bury(Transaction tx, CancelOrder order) throws SQLException {
        return tx.update(
                        """
                        insert into payment (id, booking_id, charge_no, kind, amount, currency, method, user_id, state,
                            cancel_reason, traceparent, request_id)
                        values (?, ?, ?, 'CHARGE', 0, 'XXX', '', '', 'CANCELLED', ?, ?, ?)
                        on conflict (booking_id, charge_no) do nothing
                        """,
                        Ids.next(),
                        order.bookingId(),
                        order.chargeNo(),
                        order.reason(),
                        order.trace().traceparent(),
                        order.trace().requestId())
                == 1;
    }

    /** Cancelled at once is what was proven unpaid; the case of an ended ladder ends with it. */
    private static Optional<TakenBack> mark(Transaction tx, CancelOrder order) throws SQLException {
        var marked = tx.first(
                """
                update payment
                set cancel_reason = coalesce(cancel_reason, ?),
                    state = case when state = 'FAILED' or state = 'WAITING' and doubt = 'NONE' then 'CANCELLED'
                        else state end,
                    version = version + (state = 'FAILED' or state = 'WAITING' and doubt = 'NONE')::int,
                    next_attempt_at = clock_timestamp(), updated_at = clock_timestamp()
                where booking_id = ? and charge_no = ?
                returning old.*, new.state as becomes
                """,
                row -> new TakenBack(
                        PaymentRow.of(row),
                        State.valueOf(row.getString("state")),
                        row.getString("becomes").equals("CANCELLED")
                                && !row.getString("state").equals("CANCELLED")),
                order.reason(),
                order.bookingId(),
                order.chargeNo());
        if (marked.isPresent() && marked.get().isNowCancelled()) {
            tx.update("""
                    update dead_letter set state = 'SETTLED', version = version + 1, updated_at = clock_timestamp()
                    where payment_id = ? and refund_id is null and state in ('OPEN', 'REPLAYING')
                    """, marked.get().payment().order().paymentId());
        }
        return marked;
    }
}
