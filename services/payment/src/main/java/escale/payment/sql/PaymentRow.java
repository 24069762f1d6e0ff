package escale.payment.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.payment.Doubt;
import escale.payment.Order;
import escale.payment.Payment;
import escale.runtime.Trace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** A row of the ledger as the domain sees it. */
public final class PaymentRow {
    private PaymentRow() {}

    public static Payment of(ResultSet row) throws SQLException {
        return new Payment(
                new Order(
                        row.getObject("id", UUID.class),
                        row.getObject("booking_id", UUID.class),
                        row.getInt("charge_no"),
                        requireNonNull(row.getString("kind")),
                        row.getLong("amount"),
                        requireNonNull(row.getString("currency")),
                        requireNonNull(row.getString("method")),
                        requireNonNull(row.getString("user_id")),
                        new Trace(
                                requireNonNull(row.getString("traceparent")),
                                requireNonNull(row.getString("request_id")))),
                row.getInt("cycle"),
                row.getInt("attempt"),
                row.getInt("key_no"),
                Doubt.valueOf(row.getString("doubt")),
                instant(row, "key_since"),
                row.getInt("key_until_of") == row.getInt("key_no") ? instant(row, "key_until") : null,
                row.getString("provider_id"),
                row.getLong("fence"),
                row.getInt("version"),
                instant(row, "first_failure_at"),
                requireNonNull(instant(row, "created_at")),
                requireNonNull(instant(row, "updated_at")));
    }
}
