package escale.drill.world;

import escale.drill.wire.Addresses.DatabaseAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** The database of notification, as somebody reads it who only knows its tables. */
final class MailRows {
    private final DatabaseAddress database;

    MailRows(DatabaseAddress database) {
        this.database = database;
    }

    /** By the clock that says when a mail was sent. */
    Instant now() {
        return Rows.all(
                        database,
                        "select clock_timestamp()",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .getFirst();
    }

    /** Mails that only have to leave; one that was with a sender that is gone leaves when its lease ends. */
    long toLeave() {
        return Rows.number(
                database, "select count(*) from mail where state = 'WAITING' and waits_for is null and attempts = 0");
    }

    /** Those about bookings. */
    Rows<Mail> mails() {
        return Rows.of(database, """
                select booking_id, id, kind, doubts, case when state = 'SENT' then sent_at end as sent_at,
                    state = 'WAITING' and waits_for is null
                        and greatest(due_at, leased_until) < clock_timestamp() - interval '1 min' as overdue
                from mail
                where booking_id is not null
                order by booking_id
                """, MailRows::mail);
    }

    private static Mail mail(ResultSet row) throws SQLException {
        var sentAt = row.getObject("sent_at", OffsetDateTime.class);
        return new Mail(
                row.getObject("id", UUID.class),
                row.getObject("booking_id", UUID.class),
                row.getString("kind").intern(),
                row.getInt("doubts"),
                sentAt == null ? null : sentAt.toInstant(),
                row.getBoolean("overdue"));
    }
}
