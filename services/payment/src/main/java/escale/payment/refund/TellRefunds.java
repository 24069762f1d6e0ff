package escale.payment.refund;

import static java.util.Objects.requireNonNull;

import escale.messaging.Outbox;
import escale.payment.Origin;
import escale.payment.PaymentEvent;
import escale.payment.Telling;
import escale.payment.sql.PaymentRow;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Tells what became of a refund, in the order of the ledger: the version is counted where it is used. */
@Singleton
final class TellRefunds {
    private static final Origin ORIGIN = new Origin("refunds", 0, 0);

    private final Outbox outbox;
    private final Telling telling;

    private record Left(long remaining, String reason) {}

    TellRefunds(Outbox outbox, Telling telling) {
        this.outbox = outbox;
        this.telling = telling;
    }

    /** With what the booking's charges still hold: booking knows by it whether everything is back. */
    void refunded(Transaction tx, Refund refund) throws SQLException {
        var booking = refund.payment().order().bookingId();
        lockPayments(tx, booking);
        var left = left(tx, refund.id(), booking);
        tell(
                tx,
                refund,
                about -> new PaymentEvent.Refunded(
                        about, refund.id(), refund.amount(), left.remaining(), left.reason()));
    }

    void refused(Transaction tx, Refund refund, String cause) throws SQLException {
        tell(tx, refund, about -> new PaymentEvent.RefundFailed(about, refund.id(), refund.amount(), cause));
    }

    /** Of two refunds of a booking that end at once, the second sees the first: one of them knows that nothing is left. */
    static void lockPayments(Transaction tx, UUID booking) throws SQLException {
        tx.query(
                "select id from payment where booking_id = ? order by id for no key update",
                row -> row.getObject(1, UUID.class),
                booking);
    }

    private static Left left(Transaction tx, UUID refund, UUID booking) throws SQLException {
        return tx.first(
                        """
                        select r.reason,
                            (select coalesce(sum(amount), 0) from payment where booking_id = ? and state = 'PAID')
                            - (select coalesce(sum(f.amount), 0) from refund f join payment p on p.id = f.payment_id
                                where p.booking_id = ? and f.state = 'REFUNDED') as remaining
                        from refund as r where r.id = ?
                        """,
                        row -> new Left(row.getLong("remaining"), requireNonNull(row.getString("reason"))),
                        booking,
                        booking,
                        refund)
                .orElseThrow();
    }

    private void tell(Transaction tx, Refund refund, Function<PaymentEvent.About, PaymentEvent> event)
            throws SQLException {
        var payment = tx.first(
                        "update payment set version = version + 1 where id = ? returning old.*",
                        PaymentRow::of,
                        refund.payment().order().paymentId())
                .orElseThrow();
        outbox.add(tx, List.of(telling.booking(payment, event.apply(telling.about(payment, ORIGIN)))));
    }
}
