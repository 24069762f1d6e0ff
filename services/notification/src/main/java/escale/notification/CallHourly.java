package escale.notification;

import escale.messaging.Event;
import escale.messaging.Json;
import escale.messaging.Outbox;
import escale.notification.sql.Journeys;
import escale.runtime.Trace;
import escale.sql.Database;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Publishes the hourly call to remind, once per hour of business time, by whichever instance is first. An hour that nobody
 * was there for is not made up: the next call looks as far ahead.
 */
@Singleton
final class CallHourly {
    private static final Duration AHEAD = Duration.ofHours(24);

    private final Database database;
    private final Journeys journeys;
    private final Outbox outbox;
    private final Json json;
    private final Clock clock;
    private Instant called = Instant.MIN;

    /** The contract's. */
    @Serdeable
    record CheckUpcomingBookings(String notificationId, Instant scheduledFor, String within) {
        static final String TYPE = "check-upcoming-bookings";
    }

    CallHourly(Database database, Journeys journeys, Outbox outbox, Json json, Clock clock) {
        this.database = database;
        this.journeys = journeys;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    void round() {
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        if (hour.equals(called)) {
            return;
        }
        database.transaction(tx -> {
            var first = journeys.isFirstToCall(tx, hour);
            if (first) {
                outbox.add(tx, List.of(call(hour)));
            }
            return first;
        });
        called = hour;
    }

    private Event call(Instant hour) {
        var call = new CheckUpcomingBookings("upcoming-bookings/" + hour, hour, AHEAD.toString());
        return new Event(
                "notifications",
                call.notificationId,
                CheckUpcomingBookings.TYPE,
                json.write(call),
                new Trace("", call.notificationId));
    }
}
