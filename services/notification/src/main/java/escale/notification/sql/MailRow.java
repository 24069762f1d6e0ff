package escale.notification.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.notification.Facts;
import escale.notification.Kind;
import escale.notification.Language;
import escale.notification.Matter;
import escale.notification.Occasion;
import escale.notification.Outgoing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table mail, with its outage if it has one, as a mail on its way out. */
final class MailRow {
    private MailRow() {}

    static Outgoing of(ResultSet row) throws SQLException {
        var outageId = row.getObject("outage_id", UUID.class);
        return new Outgoing(
                row.getObject("id", UUID.class),
                outageId == null ? booking(row) : new Matter.OfOutage(outageId),
                row.getString("user_id"),
                language(row, "language"));
    }

    private static Matter booking(ResultSet row) throws SQLException {
        var occasion = new Occasion(
                row.getObject("booking_id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getInt("charge_no"),
                row.getObject("refund_id", UUID.class),
                row.getObject("link_id", UUID.class));
        var facts = new Facts(
                requireNonNull(row.getString("tour_title")),
                requireNonNull(instant(row, "starts_at")),
                requireNonNull(row.getString("timezone")),
                row.getInt("people"),
                row.getLong("amount"),
                requireNonNull(row.getString("currency")),
                row.getObject("refund_amount", Long.class),
                row.getString("link"),
                instant(row, "expires_at"));
        return new Matter.OfBooking(occasion, facts);
    }

    static @Nullable Language language(ResultSet row, String column) throws SQLException {
        var name = row.getString(column);
        return name == null ? null : Language.valueOf(name);
    }
}
