package escale.notification.sql;

import escale.sql.Database;
import escale.sql.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What tours are called and when they start, as the topic tours last said. */
@Singleton
public final class Tours {
    private final Database database;

    /** A start of a tour, as a mail shows it. */
    public record Departure(String tourTitle, String timezone, Instant startsAt) {}

    public Tours(Database database) {
        this.database = database;
    }

    /** Departures that are no longer offered stay: somebody may have booked them. */
    public void remember(UUID tourId, long version, String title, String timezone, Map<UUID, Instant> departures) {
        var ids = departures.keySet().toArray(UUID[]::new);
        var starts = departures.values().toArray(Instant[]::new);
        database.transaction(tx -> {
            var news = tx.update("""
                    insert into tour as known (tour_id, version, title, timezone) values (?, ?, ?, ?)
                    on conflict (tour_id) do update
                    set version = excluded.version, title = excluded.title, timezone = excluded.timezone
                    where known.version < excluded.version
                    """, tourId, version, title, timezone);
            return news == 0 ? 0 : tx.update("""
                            insert into departure (departure_id, tour_id, starts_at)
                            select departure_id, ?, starts_at
                            from unnest(?::uuid[], ?::timestamptz[]) as new (departure_id, starts_at)
                            on conflict (departure_id) do update set starts_at = excluded.starts_at
                            """, tourId, ids, starts);
        });
    }

    public Optional<Departure> find(Transaction tx, UUID departureId) throws SQLException {
        return tx.first(
                """
                select title, timezone, starts_at
                from departure join tour using (tour_id)
                where departure_id = ?
                """,
                row -> new Departure(
                        Objects.requireNonNull(row.getString("title")),
                        Objects.requireNonNull(row.getString("timezone")),
                        Objects.requireNonNull(Transaction.instant(row, "starts_at"))),
                departureId);
    }
}
