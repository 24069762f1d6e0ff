package escale.booking;

import escale.booking.change.ExpireChanges;
import escale.booking.sql.Timelines;
import escale.runtime.Ticker;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** What is done again and again beside the requests. */
@Factory
final class Rounds {

    @Singleton
    @Named("expiry")
    Ticker expiry(ExpireReservations expire) {
        return new Ticker("expiry of reservations", Duration.ofSeconds(1), expire::round);
    }

    @Singleton
    @Named("changes")
    Ticker changes(ExpireChanges expire) {
        return new Ticker("expiry of changes", Duration.ofSeconds(1), expire::round);
    }

    @Singleton
    @Named("timelines")
    Ticker timelines(Timelines timelines, BookingSettings settings, Clock clock) {
        return new Ticker(
                "end of timelines",
                Duration.ofMinutes(10),
                () -> timelines.forgetBefore(clock.instant().minus(settings.timelinesKept())));
    }
}
