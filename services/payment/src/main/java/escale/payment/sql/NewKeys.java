package escale.payment.sql;

import escale.payment.Payment;
import escale.sql.Database;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Writes down that a payment is about to be charged under a new key, before it is. Whatever dies afterwards, the ledger
 * names the last key that may have been used, in doubt, and the next attempt repeats that one.
 */
@Singleton
public final class NewKeys {
    private final Database database;

    NewKeys(Database database) {
        this.database = database;
    }

    /** Empty where the claim is lost, or the charge has been taken back: nothing is charged then. */
    public Optional<Payment> begin(Payment proven) {
        var afresh = proven.underNewKey();
        var written = database.statement(tx -> tx.update(
                """
                update payment
                set key_no = ?, doubt = 'SAME_KEY', key_since = ?, key_until = null,
                    lease_until = clock_timestamp() + ? * interval '1 ms', updated_at = clock_timestamp()
                where id = ? and fence = ? and state = 'ATTEMPTING' and cancel_reason is null
                """,
                afresh.keyNo(),
                afresh.claimedAt(),
                Claims.LEASE.toMillis(),
                afresh.order().paymentId(),
                afresh.fence()));
        return written == 1 ? Optional.of(afresh) : Optional.empty();
    }
}
