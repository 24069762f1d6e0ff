package escale.payment;

import escale.sql.Database;
import java.util.List;
import java.util.UUID;

/** Many ends of ladders, without climbing them: payments that failed for certain, each with its open case. */
record FailedCharges(PaymentService service, String cause) {

    /** The payments, in the order of their cases. */
    List<UUID> make(int count) {
        var database = service.bean(Database.class);
        return database.transaction(tx -> {
            tx.update("""
                    insert into payment (id, booking_id, charge_no, kind, amount, currency, method, user_id, state,
                        attempt, key_no, first_failure_at, cause)
                    select uuidv7(), uuidv7(), 1, 'CHARGE', 9000, case when n % 10 = 0 then 'CHF' else 'EUR' end,
                        'pm_card_visa', 'marie', 'FAILED', 6, 7, clock_timestamp(), ?
                    from generate_series(1, ?) n
                    """, cause, count);
            tx.update("""
                    insert into dead_letter (id, payment_id, booking_id, charge_no, cycle, record_key, original_topic,
                        original_partition, original_offset, type, cause, attempts, last_failure_at, headers)
                    select uuidv7(), id, booking_id, 1, 1, booking_id::text, 'payments.retry.16s', 0, 0,
                        'payment.retry', cause, 6, clock_timestamp(), ''
                    from payment where cause = ?
                    """, cause);
            return tx.query(
                    "select payment_id from dead_letter where cause = ? order by created_at, id",
                    row -> row.getObject(1, UUID.class),
                    cause);
        });
    }

    /** The refunds of as many payments, each refused by the provider. */
    void refuseRefunds(int count) {
        var payments = make(count).toArray(UUID[]::new);
        service.bean(Database.class).transaction(tx -> {
            tx.update(
                    "update payment set state = 'PAID', cancel_reason = 'late' where id = any (?)", (Object) payments);
            tx.update("""
                    insert into refund (id, payment_id, amount, reason, state, cause)
                    select uuidv7(), id, 4000, 'late', 'REFUSED', 'insufficient_balance' from payment where cause = ?
                    """, cause);
            return tx.update("""
                    update dead_letter d set refund_id = r.id from refund r
                    where r.payment_id = d.payment_id and d.cause = ?
                    """, cause);
        });
    }

    UUID letter(UUID payment) {
        return service.id("select id from dead_letter where payment_id = ? order by cycle limit 1", payment);
    }
}
