package escale.payment.cases;

import static java.util.stream.Collectors.toMap;

import escale.payment.Payment;
import escale.payment.State;
import escale.payment.sql.PaymentRow;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cycles of attempts: a payment that came to nothing begins another when a person wants it tried again. */
@Singleton
final class Cycles {

    /**
     * The payments at the start of a new cycle; those are missing that have been settled or are being tried. Whoever
     * attempted last and did not come back within its lease leaves a doubt behind.
     */
    List<Payment> begin(Transaction tx, UUID[] payments, @Nullable String method) throws SQLException {
        return tx.query("""
                update payment
                set state = 'WAITING', method = coalesce(?, method), cycle = cycle + 1, attempt = 0, fence = fence + 1,
                    doubt = case when state = 'ATTEMPTING' and doubt = 'NONE' then 'SAME_KEY' else doubt end,
                    key_until = case when state <> 'ATTEMPTING' then key_until end, lease_until = null,
                    next_attempt_at = clock_timestamp(), first_failure_at = null, updated_at = clock_timestamp()
                where id = any (?) and cancel_reason is null
                  and (state in ('FAILED', 'UNPROVEN') or state = 'ATTEMPTING' and lease_until < clock_timestamp())
                returning *
                """, PaymentRow::of, method, payments);
    }

    Map<UUID, State> states(Transaction tx, UUID[] payments) throws SQLException {
        return tx
                .query(
                        "select id, state from payment where id = any (?)",
                        row -> Map.entry(row.getObject("id", UUID.class), State.valueOf(row.getString("state"))),
                        (Object) payments)
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
