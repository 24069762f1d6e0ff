package escale.booking.sql;

import static escale.booking.Status.holdingSeats;
import static escale.sql.Columns.column;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import escale.booking.Booking;
import escale.booking.BookingRequest;
import escale.booking.BookingRequest.RequestKey;
import escale.booking.Departure;
import escale.booking.Seating.Facts;
import escale.booking.Seating.Traveller;
import escale.booking.Seating.Used;
import escale.sql.Later;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a batch of requests reads before it is decided, and writes afterwards, in as few statements as there can be. */
@Singleton
public final class Acceptance {
    /** The constraint that keeps one key from making two bookings. */
    public static final String KEY = "booking_key";

    /** A request that was granted. */
    public record Seated(BookingRequest request, Booking booking) {}

    /** From here on until the commit nobody else takes or frees seats of these departures. One round trip. */
    public Facts lock(Transaction tx, List<BookingRequest> requests, boolean withHeld) throws SQLException {
        var departures = lockDepartures(tx, requests);
        // A statement of its own: it sees what was committed while we waited for the lock.
        var used = used(tx, requests);
        var held = withHeld ? held(tx, requests) : null;
        return new Facts(
                departures.get().stream().collect(toMap(Departure::id, departure -> departure)),
                used.get().stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue)),
                held == null ? Map.of() : held.get().stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Later<List<Departure>> lockDepartures(Transaction tx, List<BookingRequest> requests) {
        return tx.queryLater("""
                select id, tour_id, tour_title, starts_at, zone, currency, price, seats_left, open
                from departure where id = any (?) order by id for no key update
                """, DepartureRow::of, (Object)
                requests.stream().map(BookingRequest::departureId).distinct().toArray(UUID[]::new));
    }

    private static Later<List<Map.Entry<RequestKey, Used>>> used(Transaction tx, List<BookingRequest> requests) {
        var keys =
                requests.stream().map(BookingRequest::idempotencyKey).distinct().toList();
        return tx.queryLater(
                "select " + BookingRow.COLUMNS + """

                        from unnest(?::text[], ?::text[]) as k (user_id, value)
                        join booking b on b.user_id = k.user_id and b.idempotency_key = k.value
                        join departure d on d.id = b.departure_id
                        """,
                row -> Map.entry(
                        new RequestKey(
                                requireNonNull(row.getString("user_id")),
                                requireNonNull(row.getString("idempotency_key"))),
                        new Used(requireNonNull(row.getBytes("request_hash")), BookingRow.of(row))),
                column(keys, RequestKey::userId, String[]::new),
                column(keys, RequestKey::value, String[]::new));
    }

    private static Later<List<Map.Entry<Traveller, Integer>>> held(Transaction tx, List<BookingRequest> requests) {
        var travellers = requests.stream()
                .map(request -> new Traveller(request.userId(), request.departureId()))
                .distinct()
                .toList();
        return tx.queryLater(
                """
                select t.user_id, t.departure_id, seats.held
                from unnest(?::text[], ?::uuid[]) as t (user_id, departure_id)
                cross join lateral (
                    select coalesce(sum(b.people), 0)::int + (
                            select coalesce(sum(c.held), 0)::int from booking_change c join booking o on o.id = c.booking_id
                            where c.state = 'PENDING' and c.departure_id = t.departure_id and o.user_id = t.user_id) as held
                    from booking b
                    where b.departure_id = t.departure_id and b.user_id = t.user_id and b.status = any (?)
                ) as seats
                where seats.held > 0
                """,
                row -> Map.entry(
                        new Traveller(
                                requireNonNull(row.getString("user_id")), row.getObject("departure_id", UUID.class)),
                        row.getInt("held")),
                column(travellers, Traveller::userId, String[]::new),
                column(travellers, Traveller::departureId, UUID[]::new),
                holdingSeats());
    }

    /**
     * Leaves with the commit, which fails on {@link #KEY} when somebody else used one of the keys meanwhile. In the order
     * of the keys, so that two batches with the same ones wait for each other instead of for ever.
     */
    public void insert(Transaction tx, List<Seated> seated) {
        var rows = seated.stream()
                .sorted(Comparator.comparing((Seated s) -> s.request().userId())
                        .thenComparing(s -> s.request().key()))
                .toList();
        var first = rows.getFirst().booking(); // all of a batch are charged at once, or all are paid later
        tx.updateLater(
                """
                with accepted as (
                    insert into booking (id, user_id, departure_id, people, amount, currency, status,
                        payment_method, charge_no, reason, expires_at, payment_id, locale, idempotency_key,
                        request_hash, traceparent, version, created_at, updated_at)
                    select r.id, r.user_id, r.departure_id, r.people, r.amount, r.currency, ?::text, ?::text, ?::int,
                        ?::text, r.expires_at, r.payment_id, r.locale, r.key, r.hash, r.traceparent, 1, ?, ?
                    from unnest(?::uuid[], ?::text[], ?::uuid[], ?::int[], ?::bigint[], ?::text[], ?::timestamptz[],
                            ?::uuid[], ?::text[], ?::text[], ?::bytea[], ?::text[])
                        as r (id, user_id, departure_id, people, amount, currency, expires_at, payment_id, locale, key,
                            hash, traceparent)
                    returning departure_id, people),
                taken as (
                    select departure_id, sum(people)::int as people from accepted group by departure_id)
                update departure d set seats_left = d.seats_left - taken.people
                from taken where d.id = taken.departure_id
                """,
                first.status().name(),
                first.paymentMethod().name(),
                first.chargeNo(),
                first.reason(),
                first.createdAt(),
                first.createdAt(),
                column(rows, s -> s.booking().id(), UUID[]::new),
                column(rows, s -> s.booking().userId(), String[]::new),
                column(rows, s -> s.request().departureId(), UUID[]::new),
                rows.stream().mapToInt(s -> s.booking().people()).toArray(),
                rows.stream().mapToLong(s -> s.booking().amount()).toArray(),
                column(rows, s -> s.booking().currency(), String[]::new),
                column(rows, s -> s.booking().expiresAt(), Instant[]::new),
                column(rows, s -> s.booking().paymentId(), UUID[]::new),
                column(rows, s -> s.booking().locale(), String[]::new),
                column(rows, s -> s.request().key(), String[]::new),
                column(rows, s -> s.request().hash(), byte[][]::new),
                column(rows, s -> s.request().trace().traceparent(), String[]::new));
    }
}
