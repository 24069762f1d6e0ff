package escale.payment;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long after a claim, or after a proof, money may be moved on the strength of it. Later the lease may end before the
 * call does, and whoever is next may have gone on to another key: a process that stood still in between moves nothing.
 */
@Singleton
public final class CallWindow {
    private static final Duration OPEN_FOR = Duration.ofSeconds(10);

    private final LongSupplier nanos;

    @Inject
    CallWindow() {
        this(System::nanoTime);
    }

    /** @param nanos what {@link System#nanoTime} tells */
    public CallWindow(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Before the claim or the new key is written down, not after it. */
    public Open open() {
        return new Open(nanos.getAsLong());
    }

    public final class Open {
        private final long since;

        private Open(long since) {
            this.since = since;
        }

        public boolean isOver() {
            return nanos.getAsLong() - since > OPEN_FOR.toNanos();
        }
    }
}
