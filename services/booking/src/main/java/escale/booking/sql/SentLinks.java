package escale.booking.sql;

import escale.booking.Booking;
import escale.booking.PayLinkRequest;
import escale.booking.Transition;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** The links that operators had sent, by whom, and the keys they did so under. */
@Singleton
public final class SentLinks {

    /** A key belongs to its booking, and there is nothing else that a request could ask for. */
    public boolean isSentUnder(Transaction tx, UUID bookingId, String key) throws SQLException {
        return tx.first(
                        "select id from pay_link where booking_id = ? and idempotency_key = ?",
                        row -> row.getObject("id", UUID.class),
                        bookingId,
                        key)
                .isPresent();
    }

    /** The booking, which must be locked, held until its link ends. It stays what it is, and as it can be paid. */
    public Booking send(Transaction tx, Booking booking, PayLinkRequest request, Instant until, Instant now)
            throws SQLException {
        var held = tx.first(
                        """
                        update booking b
                        set expires_at = ?, version = b.version + 1, updated_at = ?
                        from departure d
                        where b.id = ? and d.id = b.departure_id
                          and b.version = ? and b.status = any (string_to_array(?, ' '))
                        returning
                        """ + BookingRow.COLUMNS,
                        BookingRow::of,
                        until,
                        now,
                        booking.id(),
                        booking.version(),
                        Transition.PAY.fromNames())
                .orElseThrow(() -> Moves.movedWhileLocked(booking.id()));
        tx.update("""
                insert into pay_link (id, booking_id, charge_no, expires_at, operator, idempotency_key, sent_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """, request.linkId(), held.id(), held.chargeNo() + 1, until, request.operator(), request.key(), now);
        return held;
    }
}
