package escale.notification.sql;

import static escale.sql.Columns.column;

import escale.notification.Journey;
import escale.runtime.Trace;
import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who travels when, and whom a reminder is due. */
@Singleton
public final class Journeys {
    private final Database database;

    public Journeys(Database database) {
        this.database = database;
    }

    /** One per booking; where a later version is known it stands. */
    public void remember(Transaction tx, List<Journey> journeys) throws SQLException {
        tx.update(
                """
                insert into journey as known (booking_id, version, travels, user_id, language, tour_title, starts_at,
                    timezone, people, amount, currency)
                select * from unnest(?::uuid[], ?::int[], ?::boolean[], ?::text[], ?::text[], ?::text[],
                    ?::timestamptz[], ?::text[], ?::int[], ?::bigint[], ?::text[])
                on conflict (booking_id) do update
                set version = excluded.version, travels = excluded.travels, tour_title = excluded.tour_title,
                    starts_at = excluded.starts_at, timezone = excluded.timezone, people = excluded.people,
                    amount = excluded.amount
                where known.version < excluded.version
                """,
                column(journeys, Journey::bookingId, UUID[]::new),
                journeys.stream().mapToInt(Journey::version).toArray(),
                column(journeys, Journey::travels, Boolean[]::new),
                column(journeys, Journey::userId, String[]::new),
                column(
                        journeys,
                        each -> each.language() == null ? null : each.language().name(),
                        String[]::new),
                column(journeys, each -> each.facts().tourTitle(), String[]::new),
                column(journeys, each -> each.facts().startsAt(), Instant[]::new),
                column(journeys, each -> each.facts().timezone(), String[]::new),
                journeys.stream().mapToInt(each -> each.facts().people()).toArray(),
                journeys.stream().mapToLong(each -> each.facts().amount()).toArray(),
                column(journeys, each -> each.facts().currency(), String[]::new));
    }

    /** Reminders of these bookings that wait and are true no longer. Whoever still travels is reminded anew in time. */
    public int withdrawOutdated(Transaction tx, UUID... bookings) throws SQLException {
        return tx.update("""
                with gone as (
                    delete from mail using journey
                    where mail.booking_id = any (?) and kind = 'REMINDER' and state = 'WAITING' and window_since is null
                      and journey.booking_id = mail.booking_id
                      and (not travels or journey.starts_at <> mail.starts_at)
                    returning mail.booking_id)
                update journey set reminded = false from gone where journey.booking_id = gone.booking_id
                """, (Object) bookings);
    }

    /** A mail for each, however many. The charge is 0: a booking is reminded once, however often it was paid for. */
    public int remind(Transaction tx, Instant after, Instant until, Trace trace) throws SQLException {
        return tx.update("""
                with due as (
                    update journey set reminded = true
                    where travels and not reminded and starts_at > ? and starts_at <= ?
                    returning *)
                insert into mail (id, booking_id, kind, charge_no, user_id, language, tour_title, starts_at, timezone,
                    people, amount, currency, traceparent, request_id)
                select uuidv7(), booking_id, 'REMINDER', 0, user_id, language, tour_title, starts_at, timezone, people,
                    amount, currency, ?, ?
                from due
                on conflict do nothing
                """, after, until, trace.traceparent(), trace.requestId());
    }

    /** False when the call of this hour has been published. */
    public boolean isFirstToCall(Transaction tx, Instant hour) throws SQLException {
        tx.update("delete from hourly_call where hour < ?::timestamptz - interval '30 days'", hour);
        return tx.update("insert into hourly_call (hour) values (?) on conflict do nothing", hour) == 1;
    }

    /** Longer past than any topic can repeat an event. */
    public int forget(Instant startedBefore, int most) {
        return database.statement(tx -> tx.update("""
                delete from journey
                where booking_id in (
                    select booking_id from journey where starts_at < ? order by starts_at limit ?
                    for update skip locked)
                """, startedBefore, most));
    }
}
