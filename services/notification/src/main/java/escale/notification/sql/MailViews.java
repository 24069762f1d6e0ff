package escale.notification.sql;

import static escale.sql.Transaction.instant;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import escale.notification.Ask;
import escale.notification.Kind;
import escale.notification.Occasion;
import escale.notification.State;
import escale.sql.Database;
import escale.sql.Transaction;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Mails about bookings and what became of them, as they are shown. No address is among it: here nobody knows one. */
@Singleton
public final class MailViews {
    private final Database database;

    /** One mail. */
    @Serdeable
    public record MailView(
            UUID notificationId,
            UUID bookingId,
            Kind kind,
            int chargeNo,
            @Nullable UUID refundId,
            String userId,
            State state,
            @Nullable String waitsFor,
            @Nullable String cause,
            int attempts,
            int possibleDuplicates,
            @Nullable Instant nextTryAt,
            Instant createdAt,
            @Nullable Instant sentAt) {}

    /** One line of the log. */
    @Serdeable
    public record TryView(String outcome, @Nullable String cause, String worker, Instant at) {}

    /** A mail with its log, oldest line first. */
    @Serdeable
    public record MailStory(
            MailView notification,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<TryView> log) {}

    /** What was asked for under a key. */
    public record Asked(MailView mail, byte[] hash) {}

    /** Nulls let everything through. */
    public record Filter(
            @Nullable UUID bookingId,
            @Nullable Kind kind,
            @Nullable State state) {}

    /** Where the page before this one ended. */
    public record After(Instant createdAt, UUID id) {}

    public MailViews(Database database) {
        this.database = database;
    }

    /** Newest first. */
    public List<MailView> list(Filter filter, @Nullable After after, int rows) {
        return database.search(tx -> tx.query(
                """
                select * from mail
                where booking_id is not null and (?::uuid is null or booking_id = ?) and (?::text is null or kind = ?)
                  and (?::text is null or state = ?)
                  and (?::timestamptz is null or (created_at, id) < (?, ?))
                order by created_at desc, id desc
                limit ?
                """,
                MailViews::view,
                filter.bookingId(),
                filter.bookingId(),
                filter.kind(),
                filter.kind(),
                filter.state(),
                filter.state(),
                after == null ? null : after.createdAt(),
                after == null ? null : after.createdAt(),
                after == null ? null : after.id(),
                rows));
    }

    public Optional<MailStory> story(UUID id) {
        return database.transaction(tx -> {
            var log = tx.query(
                    "select outcome, cause, worker, at from mail_log where mail_id = ? order by id",
                    row -> new TryView(
                            requireNonNull(row.getString("outcome")),
                            row.getString("cause"),
                            requireNonNull(row.getString("worker")),
                            requireNonNull(instant(row, "at"))),
                    id);
            return find(tx, id).map(mail -> new MailStory(mail, log));
        });
    }

    public Optional<MailView> find(Transaction tx, UUID id) throws SQLException {
        return tx.first("select * from mail where id = ? and booking_id is not null", MailViews::view, id);
    }

    public Optional<MailView> of(Transaction tx, Occasion occasion) throws SQLException {
        return tx.first(
                """
                select * from mail
                where booking_id = ? and kind = ? and charge_no = ? and refund_id is not distinct from ?::uuid
                  and link_id is not distinct from ?::uuid
                """,
                MailViews::view,
                occasion.bookingId(),
                occasion.kind(),
                occasion.chargeNo(),
                occasion.refundId(),
                occasion.linkId());
    }

    public Optional<Asked> asked(Transaction tx, Ask ask) throws SQLException {
        return tx.first(
                "select * from mail where asked_by = ? and ask_key = ?",
                row -> new Asked(view(row), requireNonNull(row.getBytes("ask_hash"))),
                ask.service(),
                ask.key());
    }

    private static MailView view(ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString("state"));
        return new MailView(
                row.getObject("id", UUID.class),
                row.getObject("booking_id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getInt("charge_no"),
                row.getObject("refund_id", UUID.class),
                requireNonNull(row.getString("user_id")),
                state,
                state == State.WAITING ? row.getString("waits_for") : null,
                row.getString("cause"),
                row.getInt("attempts"),
                row.getInt("doubts"),
                state == State.WAITING ? instant(row, "due_at") : null,
                requireNonNull(instant(row, "created_at")),
                instant(row, "sent_at"));
    }
}
