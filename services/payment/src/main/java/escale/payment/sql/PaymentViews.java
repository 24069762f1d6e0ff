package escale.payment.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import escale.payment.State;
import escale.sql.Database;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger as it is shown. */
@Singleton
public final class PaymentViews {
    private final Database database;

    /** One payment, without what is only the workers' business. */
    @Serdeable
    public record PaymentView(
            UUID paymentId,
            UUID bookingId,
            int chargeNo,
            String kind,
            long amount,
            String currency,
            State state,
            int attempt,
            int cycle,
            @Nullable String providerPaymentId,
            @Nullable String reason,
            @Nullable Instant nextAttemptAt,
            Instant createdAt,
            Instant updatedAt,
            long version) {}

    public PaymentViews(Database database) {
        this.database = database;
    }

    public Optional<PaymentView> find(UUID id) {
        return database.read(tx -> tx.first("select * from payment where id = ?", PaymentViews::view, id));
    }

    /** Newest first. */
    public List<PaymentView> ofBooking(UUID bookingId) {
        return database.read(tx -> tx.query(
                "select * from payment where booking_id = ? order by charge_no desc", PaymentViews::view, bookingId));
    }

    /** Every claim and every result moves the fence or the version, so their sum is a version of the whole row. */
    private static PaymentView view(ResultSet row) throws SQLException {
        return new PaymentView(
                row.getObject("id", UUID.class),
                row.getObject("booking_id", UUID.class),
                row.getInt("charge_no"),
                requireNonNull(row.getString("kind")),
                row.getLong("amount"),
                requireNonNull(row.getString("currency")),
                State.valueOf(row.getString("state")),
                row.getInt("attempt"),
                row.getInt("cycle"),
                row.getString("provider_id"),
                row.getString("cause"),
                instant(row, "next_attempt_at"),
                requireNonNull(instant(row, "created_at")),
                requireNonNull(instant(row, "updated_at")),
                row.getLong("fence") + row.getInt("version"));
    }
}
