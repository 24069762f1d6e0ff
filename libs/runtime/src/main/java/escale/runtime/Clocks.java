package escale.runtime;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The two times there are: that of business, which the local profile may move, and that of the machine. */
@Factory
final class Clocks {
    /** Whoever asks thousands of times a second reads the file ten times. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** The time that bookings expire and reminders leave by: what is injected where no other is asked for. */
    @Singleton
    @Primary
    Clock business(Environment environment, @Value("${escale.clock-file:}") String file) {
        return file.isEmpty() || !environment.getActiveNames().contains("local")
                ? Clock.systemUTC()
                : new MovedClock(Clock.systemUTC(), Path.of(file), LOOK_EVERY);
    }

    /** Nobody moves it: for leases, retries, tokens and signatures. */
    @Singleton
    @Named("machine")
    Clock machine() {
        return Clock.systemUTC();
    }
}
