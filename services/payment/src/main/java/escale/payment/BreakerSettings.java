package escale.payment;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * When the workers stop calling the provider, and how they find out that it is back.
 *
 * @param windowSeconds the time whose calls are judged together
 * @param minimumCalls fewer calls than this in the window prove nothing
 * @param failureRate in percent
 * @param probes calls that must show that it is back
 */
@ConfigurationProperties("escale.breaker")
public record BreakerSettings(
        @Bindable(defaultValue = "10") int windowSeconds,
        @Bindable(defaultValue = "20") int minimumCalls,
        @Bindable(defaultValue = "50") float failureRate,
        @Bindable(defaultValue = "5s") Duration openFor,
        @Bindable(defaultValue = "10s") Duration openForAtMost,
        @Bindable(defaultValue = "5") int probes) {}
