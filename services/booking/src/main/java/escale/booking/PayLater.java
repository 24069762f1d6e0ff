package escale.booking;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether new bookings are paid later. Only when payment has been away for longer than a worker takes to come
 * back: what is accepted before waits in its queue and confirms by itself. Here is only remembered what others found out,
 * so that accepting a booking never waits for an answer.
 */
@Singleton
public final class PayLater {
    private static final Logger log = LoggerFactory.getLogger(PayLater.class);

    private final PayLaterSettings settings;
    private @Nullable UUID outage;
    private long outageSince;
    private boolean gaveUp;
    private long gaveUpSince;
    private boolean silent;
    private long silentSince;
    private volatile boolean holds;
    private volatile Sight sight = Sight.UNKNOWN;

    /** How payment looks from here. */
    public enum Sight {
        /** Nobody has asked yet. */
        UNKNOWN,
        AVAILABLE,
        /** It answers, and cannot reach its provider. */
        OUTAGE,
        UNREACHABLE
    }

    public PayLater(PayLaterSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        Gauge.builder("escale.pay.later", this, it -> it.holds() ? 1 : 0)
                .description("1 while new bookings are reserved, to be paid by link")
                .register(metrics);
    }

    /** Whether who books now pays later. */
    public boolean holds() {
        return holds;
    }

    public Sight sight() {
        return sight;
    }

    /** Payment can charge. */
    public synchronized void available() {
        outage = null;
        gaveUp = false;
        silent = false;
        now(Sight.AVAILABLE, false);
    }

    /** News of a payment came: some worker is alive, wherever it is, though nobody answers at the door. */
    public synchronized void news(long nanos) {
        if (silent) {
            silentSince = nanos;
            now(sight, outlastedOutage(nanos));
        }
    }

    /**
     * Payment answers that its provider is away. How long that has been so is counted from when it was first heard of
     * here, because clocks differ.
     */
    public synchronized void outage(UUID id, long nanos) {
        gaveUp = false;
        silent = false;
        if (!id.equals(outage)) {
            outage = id;
            outageSince = nanos;
        }
        now(Sight.OUTAGE, holds || outlastedOutage(nanos));
    }

    /** Payment was asked just now, and did not answer. The outage it told of last goes on as far as anybody knows. */
    public synchronized void unreachable(boolean breakerOpen, long nanos) {
        if (!silent) {
            silent = true;
            silentSince = nanos;
        }
        if (breakerOpen && !gaveUp) {
            gaveUp = true;
            gaveUpSince = nanos;
        }
        now(Sight.UNREACHABLE, isGone(nanos) || outlastedOutage(nanos));
    }

    /** Nobody asks while the breaker is open; before the first booking is reserved for it, somebody should once more. */
    public synchronized boolean wantsProof(long nanos) {
        return !holds && isGone(nanos);
    }

    private boolean outlastedOutage(long nanos) {
        return outage != null && nanos - outageSince > settings.patience().toNanos();
    }

    private boolean isGone(long nanos) {
        return gaveUp
                && nanos - gaveUpSince > settings.patience().toNanos()
                && silent
                && nanos - silentSince > settings.silence().toNanos();
    }

    private void now(Sight seen, boolean away) {
        if (seen != sight) {
            log.info("Payment is {}", seen);
        }
        sight = seen;
        var later = away && settings.enabled();
        if (later != holds) {
            log.warn(later ? "New bookings are reserved and paid later" : "New bookings are paid at once again");
        }
        holds = later;
    }
}
