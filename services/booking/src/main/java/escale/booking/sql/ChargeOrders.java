package escale.booking.sql;

import static java.util.Objects.requireNonNull;

import escale.booking.Booking;
import escale.booking.PayRequest;
import escale.booking.Transition;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The charges that travellers ordered after the first one, and the keys they did so under. */
@Singleton
public final class ChargeOrders {

    /** What was asked for under this key, if anything was. */
    public Optional<byte[]> hashUnder(Transaction tx, UUID bookingId, String key) throws SQLException {
        return tx.first(
                "select request_hash from charge_order where booking_id = ? and idempotency_key = ?",
                row -> requireNonNull(row.getBytes(1)),
                bookingId,
                key);
    }

    /** The booking, which must be locked, at its next charge. */
    public Booking next(Transaction tx, Booking booking, PayRequest request, Instant now) throws SQLException {
        var moved = tx.first(
                        """
                        update booking b
                        set status = ?, charge_no = b.charge_no + 1, payment_id = ?, attempts = 0,
                            requires_manual_intervention = false, reason = null, link = null, expires_at = null,
                            version = b.version + 1, updated_at = ?
                        from departure d
                        where b.id = ? and d.id = b.departure_id
                          and b.charge_no = ? and b.version = ? and b.status = any (string_to_array(?, ' '))
                        returning
                        """ + BookingRow.COLUMNS,
                        BookingRow::of,
                        Transition.PAY.to().name(),
                        request.paymentId(),
                        now,
                        booking.id(),
                        booking.chargeNo(),
                        booking.version(),
                        Transition.PAY.fromNames())
                .orElseThrow(() -> Moves.movedWhileLocked(booking.id()));
        tx.update("""
                insert into charge_order (booking_id, idempotency_key, request_hash, charge_no, ordered_at)
                values (?, ?, ?, ?, ?)
                """, moved.id(), request.key(), request.hash(), moved.chargeNo(), now);
        return moved;
    }
}
