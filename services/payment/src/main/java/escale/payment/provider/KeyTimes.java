package escale.payment.provider;

import escale.payment.Doubt;
import escale.payment.Payment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** How long ago a key was used, on which depends what may be concluded from what the provider knows. */
final class KeyTimes {
    /** It forgets keys after a day; an hour before that we no longer rely on one. */
    private static final Duration GOOD_FOR = Duration.ofHours(23);

    private final Clock clock;

    KeyTimes(Clock clock) {
        this.clock = clock;
    }

    boolean isRemembered(Payment payment) {
        var since = payment.keySince();
        return since == null || isWithin(GOOD_FOR, since);
    }

    Instant firstRequest(Payment payment) {
        return Objects.requireNonNullElse(payment.keySince(), payment.createdAt());
    }

    boolean lastRequestIsWithin(Duration time, Payment payment) {
        return isWithin(time, lastRequest(payment));
    }

    /** Where it is not known, it may have been right before this claim, or before we ceased to rely on the key. */
    private Instant lastRequest(Payment payment) {
        var until = payment.keyUntil();
        if (until != null && payment.doubt() == Doubt.ANSWERED) {
            return until;
        }
        return isRemembered(payment)
                ? payment.claimedAt()
                : firstRequest(payment).plus(GOOD_FOR);
    }

    private boolean isWithin(Duration time, Instant then) {
        return then.plus(time).isAfter(clock.instant());
    }
}
