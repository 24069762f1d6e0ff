package escale.booking.sql;

import static escale.sql.Columns.column;

import escale.booking.Tour;
import escale.booking.Tour.Offer;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What can be booked, as catalog last said. */
@Singleton
public final class Departures {

    /** In the order in which everybody locks them. */
    public void lock(Transaction tx, UUID tourId) throws SQLException {
        tx.query(
                "select id from departure where tour_id = ? order by id for no key update",
                row -> row.getObject(1, UUID.class),
                tourId);
    }

    /** All of the tour except these, unless a later publication was here before. */
    public void close(Transaction tx, UUID tourId, int version, List<UUID> except) throws SQLException {
        tx.update("""
                update departure set open = false, tour_version = ?
                where tour_id = ? and tour_version <= ? and id <> all (?)
                """, version, tourId, version, except.toArray(UUID[]::new));
    }

    /** All of the tour, until it is published again. How many were open. */
    public int close(Transaction tx, UUID tourId) throws SQLException {
        return tx.update("update departure set open = false where tour_id = ? and open", tourId);
    }

    /** The capacity that each departure has now: where it is not the one wanted, fewer seats than are sold were wanted. */
    public Map<UUID, Integer> offer(Transaction tx, Tour tour) throws SQLException {
        var offers = tour.offers();
        var kept = new HashMap<UUID, Integer>();
        tx.query(
                        """
                        insert into departure as d (id, tour_id, tour_version, tour_title, starts_at, zone, currency, price,
                            capacity, seats_left)
                        select o.id, ?, ?, ?, o.starts_at, ?, ?, o.price, o.capacity, o.capacity
                        from unnest(?::uuid[], ?::timestamptz[], ?::bigint[], ?::int[])
                            as o (id, starts_at, price, capacity)
                        order by o.id
                        on conflict (id) do update
                        set tour_version = excluded.tour_version, tour_title = excluded.tour_title,
                            starts_at = excluded.starts_at, zone = excluded.zone, currency = excluded.currency,
                            price = excluded.price, open = true,
                            capacity = case when excluded.capacity >= d.capacity - d.seats_left
                                then excluded.capacity else d.capacity end,
                            seats_left = case when excluded.capacity >= d.capacity - d.seats_left
                                then excluded.capacity - (d.capacity - d.seats_left) else d.seats_left end
                        where d.tour_id = excluded.tour_id and d.tour_version <= excluded.tour_version
                        returning d.id, d.capacity
                        """,
                        row -> Map.entry(row.getObject(1, UUID.class), row.getInt(2)),
                        tour.id(),
                        tour.version(),
                        tour.title(),
                        tour.zone(),
                        tour.currency(),
                        column(offers, Offer::departureId, UUID[]::new),
                        column(offers, Offer::startsAt, Instant[]::new),
                        offers.stream().mapToLong(Offer::price).toArray(),
                        offers.stream().mapToInt(Offer::capacity).toArray())
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return kept;
    }
}
