package escale.notification.sql;

import static escale.sql.Columns.column;

import escale.notification.Mail;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** Mails on their way in: a row each, if its occasion has none yet. */
@Singleton
public final class MailQueue {

    /** One statement, however many mails. Returns the ids of those whose occasion is new. */
    public Set<UUID> insert(Transaction tx, List<Mail> mails) throws SQLException {
        return new HashSet<>(tx.query(
                """
                insert into mail (id, booking_id, kind, charge_no, refund_id, link_id, user_id, language, tour_title, starts_at,
                                  timezone, people, amount, currency, refund_amount, link, expires_at,
                                  asked_by, ask_key, ask_hash, traceparent, request_id)
                select id, booking_id, kind, charge_no, refund_id, link_id, user_id, language, tour_title, starts_at,
                       timezone, people, amount, currency, nullif(refund_amount, 0), link, expires_at,
                       asked_by, ask_key, ask_hash, traceparent, request_id
                from unnest(?::uuid[], ?::uuid[], ?::text[], ?::int[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                            ?::timestamptz[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::bigint[], ?::text[],
                            ?::timestamptz[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[])
                     as new (id, booking_id, kind, charge_no, refund_id, link_id, user_id, language, tour_title, starts_at,
                             timezone, people, amount, currency, refund_amount, link, expires_at,
                             asked_by, ask_key, ask_hash, traceparent, request_id)
                on conflict do nothing
                returning id
                """,
                row -> row.getObject("id", UUID.class),
                column(mails, Mail::id, UUID[]::new),
                column(mails, mail -> mail.occasion().bookingId(), UUID[]::new),
                column(mails, mail -> mail.occasion().kind().name(), String[]::new),
                ints(mails, mail -> mail.occasion().chargeNo()),
                column(mails, mail -> mail.occasion().refundId(), UUID[]::new),
                column(mails, mail -> mail.occasion().linkId(), UUID[]::new),
                column(mails, Mail::userId, String[]::new),
                column(
                        mails,
                        mail -> mail.language() == null ? null : mail.language().name(),
                        String[]::new),
                column(mails, mail -> mail.facts().tourTitle(), String[]::new),
                column(mails, mail -> mail.facts().startsAt(), Instant[]::new),
                column(mails, mail -> mail.facts().timezone(), String[]::new),
                ints(mails, mail -> mail.facts().people()),
                mails.stream().mapToLong(mail -> mail.facts().amount()).toArray(),
                column(mails, mail -> mail.facts().currency(), String[]::new),
                mails.stream()
                        .mapToLong(
                                mail -> Objects.requireNonNullElse(mail.facts().refundAmount(), 0L))
                        .toArray(),
                column(mails, mail -> mail.facts().link(), String[]::new),
                column(mails, mail -> mail.facts().expiresAt(), Instant[]::new),
                column(mails, mail -> mail.ask() == null ? null : mail.ask().service(), String[]::new),
                column(mails, mail -> mail.ask() == null ? null : mail.ask().key(), String[]::new),
                column(mails, mail -> mail.ask() == null ? null : mail.ask().hash(), byte[][]::new),
                column(mails, mail -> mail.trace().traceparent(), String[]::new),
                column(mails, mail -> mail.trace().requestId(), String[]::new)));
    }

    /** Longer ago than any topic can repeat an event, an occasion cannot come again. */
    public int forget(Transaction tx, Duration after, int most) throws SQLException {
        return tx.update("""
                delete from mail
                where id in (
                    select id from mail
                    where state in ('SENT', 'FAILED') and created_at < clock_timestamp() - ? * interval '1 ms'
                    limit ?
                    for update skip locked)
                """, after.toMillis(), most);
    }

    private static int[] ints(List<Mail> mails, ToIntFunction<Mail> value) {
        return mails.stream().mapToInt(value).toArray();
    }
}
