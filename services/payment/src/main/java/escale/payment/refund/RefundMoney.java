package escale.payment.refund;

import escale.payment.CallWindow;
import escale.payment.PaymentProvider;
import escale.payment.ProviderBreaker;
import escale.runtime.Failpoint;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Gives back what is due. While the provider is away refunds wait; one that it refuses becomes a case. */
@Singleton
public final class RefundMoney {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Refunds refunds;
    private final PaymentProvider provider;
    private final ProviderBreaker breaker;
    private final CallWindow window;

    public RefundMoney(Refunds refunds, PaymentProvider provider, ProviderBreaker breaker, CallWindow window) {
        this.refunds = refunds;
        this.provider = provider;
        this.breaker = breaker;
        this.window = window;
    }

    /** One round, until nothing is due any more. */
    public void round() {
        while (breaker.closed()) {
            var open = window.open();
            var next = refunds.next();
            if (next.isEmpty()) {
                return;
            }
            if (!open.isOver()) { // otherwise it comes due again
                give(next.get());
            }
        }
    }

    private void give(Refund refund) {
        var outcome = Failpoint.AFTER_REFUND.passing(provider.refund(refund));
        refunds.record(refund, outcome, pauseAfter(refund.attempt()));
    }

    /** 1, 2, 4 … seconds, up to a minute. */
    private static Duration pauseAfter(int attempt) {
        var pause = Duration.ofSeconds(1L << Math.min(attempt - 1, 6));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
