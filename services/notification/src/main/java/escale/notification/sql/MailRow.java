package escale.notification.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.notification.Facts;
import escale.notification.Kind;
import escale.notification.Language;
import escale.notification.Mail;
import escale.notification.Occasion;
import escale.runtime.Trace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table mail as a mail. */
final class MailRow {
    private MailRow() {}

    static Mail of(ResultSet row) throws SQLException {
        return new Mail(
                row.getObject("id", UUID.class),
                new Occasion(
                        row.getObject("booking_id", UUID.class),
                        Kind.valueOf(row.getString("kind")),
                        row.getInt("charge_no"),
                        row.getObject("refund_id", UUID.class)),
                requireNonNull(row.getString("user_id")),
                language(row, "language"),
                new Facts(
                        requireNonNull(row.getString("tour_title")),
                        requireNonNull(instant(row, "starts_at")),
                        requireNonNull(row.getString("timezone")),
                        row.getInt("people"),
                        row.getLong("amount"),
                        requireNonNull(row.getString("currency")),
                        row.getObject("refund_amount", Long.class),
                        row.getString("link"),
                        instant(row, "expires_at")),
                null, // who asked no longer matters once it is on its way
                new Trace(requireNonNull(row.getString("traceparent")), requireNonNull(row.getString("request_id"))));
    }

    static @Nullable Language language(ResultSet row, String column) throws SQLException {
        var name = row.getString(column);
        return name == null ? null : Language.valueOf(name);
    }
}
