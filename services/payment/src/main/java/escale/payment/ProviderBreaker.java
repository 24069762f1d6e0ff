package escale.payment;

import escale.messaging.Gate;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Guards the provider and, as the gate of the worker, stops records before they start: while it is open payments wait
 * and spend no attempt. It opens when half of many calls fail, or ten in a row when calls are few, and after it closes
 * lets the load grow step by step.
 */
@Singleton
public final class ProviderBreaker implements Gate {
    private static final int FAILURES_IN_A_ROW = 10;
    private static final int FIRST_RAMP_STEP = 8;
    private static final int RAMP_DOUBLINGS = 8;

    private final CircuitBreaker breaker;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile long closedAt = System.nanoTime() - Duration.ofHours(1).toNanos();
    private volatile long lastEntered = System.nanoTime();

    ProviderBreaker(BreakerSettings settings, MeterRegistry metrics) {
        this.breaker = CircuitBreaker.of(
                "provider",
                CircuitBreakerConfig.custom()
                        .slidingWindow(settings.windowSeconds(), settings.minimumCalls(), SlidingWindowType.TIME_BASED)
                        .failureRateThreshold(settings.failureRate())
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialBackoff(settings.openFor(), 2, settings.openForAtMost()))
                        .permittedNumberOfCallsInHalfOpenState(settings.probes())
                        .build());
        breaker.getEventPublisher().onStateTransition(transition -> {
            changes.incrementAndGet();
            failuresInARow.set(0);
            if (transition.getStateTransition().getToState() == CircuitBreaker.State.CLOSED) {
                closedAt = System.nanoTime();
            }
        });
        Gauge.builder("escale.breaker.open", this, guard -> guard.closed() ? 0 : 1)
                .description("1 while calls to the provider are held back")
                .register(metrics);
        Gauge.builder("escale.breaker.calls", calls, AtomicInteger::get)
                .description("Calls to the provider under way")
                .register(metrics);
    }

    @Override
    public boolean enter() {
        lastEntered = System.nanoTime();
        if (calls.get() >= ramp() || !breaker.tryAcquirePermission()) {
            return false;
        }
        calls.incrementAndGet();
        return true;
    }

    /** Takes over the permission that {@link #enter} obtained. */
    public Call begin() {
        return new Call();
    }

    public boolean closed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** Nobody has asked to be let through for so long. */
    boolean quietFor(Duration time) {
        return System.nanoTime() - lastEntered > time.toNanos();
    }

    /** Whether the answer speaks against the provider rather than about the payment. */
    static boolean isFailure(Charge answer) {
        return switch (answer) {
            case Charge.Unknown _, Charge.NotAttempted _ -> true;
            case Charge.Paid _, Charge.ActionRequired _, Charge.Declined _, Charge.Unpaid _ -> false;
        };
    }

    /** Right after an outage a few calls at a time, twice as many each second. */
    private int ramp() {
        var seconds = Duration.ofNanos(System.nanoTime() - closedAt).toSeconds();
        return seconds >= RAMP_DOUBLINGS ? Integer.MAX_VALUE : FIRST_RAMP_STEP << seconds;
    }

    /**
     * One permission, from the gate to the answer; closed without an answer it counts as neither success nor failure. So
     * does a call that was still under way when the breaker changed: it tells of the time before.
     */
    public final class Call implements AutoCloseable {
        private final long begun = System.nanoTime();
        private final int begunIn = changes.get();
        private final boolean probe = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
        private boolean answered;

        /** Made to find out whether the provider is back. */
        boolean isProbe() {
            return probe;
        }

        void answered(Charge answer) {
            answered(!isFailure(answer));
        }

        /** The first answer counts. */
        void answered(boolean well) {
            if (answered) {
                return;
            }
            answered = true;
            if (isOver()) {
                return;
            }
            var took = System.nanoTime() - begun;
            if (well) {
                failuresInARow.set(0);
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
                return;
            }
            breaker.onError(took, TimeUnit.NANOSECONDS, new Away());
            if (failuresInARow.incrementAndGet() >= FAILURES_IN_A_ROW && closed()) {
                breaker.transitionToOpenState();
            }
        }

        private boolean isOver() {
            return changes.get() != begunIn;
        }

        @Override
        public void close() {
            if (!answered && !isOver()) {
                breaker.releasePermission();
            }
            calls.decrementAndGet();
        }
    }

    /** The breaker counts faults only as exceptions. */
    private static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1;

        Away() {
            super("the provider is away", null, false, false);
        }
    }
}
