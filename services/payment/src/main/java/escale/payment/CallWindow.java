package escale.payment;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How long after a claim, or after a proof, money may be moved on the strength of it. Later the lease may end before the
 * call does, and whoever is next may have gone on to another key: a process that stood still in between moves nothing.
 */
@Singleton
public final class CallWindow {
    private static final Duration OPEN_FOR = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final InstantSource clock;

    @Inject
    CallWindow(@Named("machine") Clock clock) {
        this(System::nanoTime, clock);
    }

    /**
     * @param nanos what {@link System#nanoTime} tells; it may stand still while the machine sleeps
     * @param clock goes on meanwhile; it may be put back
     */
    CallWindow(LongSupplier nanos, InstantSource clock) {
        this.nanos = nanos;
        this.clock = clock;
    }

    /** Before the claim or the new key is written down, not after it. */
    public Open open() {
        return new Open(nanos.getAsLong(), clock.instant());
    }

    public final class Open {
        private final long begun;
        private final Instant since;

        private Open(long begun, Instant since) {
            this.begun = begun;
            this.since = since;
        }

        public boolean isOver() {
            return nanos.getAsLong() - begun > OPEN_FOR.toNanos()
                    || clock.instant().isAfter(since.plus(OPEN_FOR));
        }
    }
}
