package escale.notification;

import escale.notification.sql.Journeys;
import escale.sql.Database;
import escale.sql.Lane;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps track of who travels when. A reminder that has not left yet goes with a booking that is cancelled or moved. */
@Singleton
public final class FollowJourneys {
    private final Database database;
    private final Journeys journeys;
    private final Lane<Journey, Boolean> lane;

    FollowJourneys(Database database, Journeys journeys) {
        this.database = database;
        this.journeys = journeys;
        this.lane = new Lane<>("journeys", 5_000, 200, this::remember);
    }

    /** Returns once it is durable; what is older than what is known changes nothing. */
    public void follow(Journey journey) {
        lane.submit(journey);
    }

    private List<Boolean> remember(List<Journey> batch) {
        var latest = latest(batch);
        database.transaction(tx -> {
            journeys.remember(tx, latest);
            return journeys.withdrawOutdated(
                    tx, latest.stream().map(Journey::bookingId).toArray(UUID[]::new));
        });
        return batch.stream().map(_ -> true).toList();
    }

    /** Of each booking, in the order in which all instances meet them. */
    private static List<Journey> latest(Collection<Journey> batch) {
        var latest = new TreeMap<UUID, Journey>();
        batch.forEach(each ->
                latest.merge(each.bookingId(), each, (one, other) -> one.version() > other.version() ? one : other));
        return List.copyOf(latest.values());
    }

    @PreDestroy
    void close() {
        lane.close();
    }
}
