package escale.runtime;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The time that bookings expire and reminders leave by. Leases, tokens and signatures never ask it. */
@Factory
final class BusinessClock {

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
