package escale.booking.payment;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How payment is asked whether it can charge.
 *
 * @param url of the payment service; empty: nobody asks, and it is taken for available
 * @param every how often, which is also how old what is known may be
 * @param timeout for a whole answer
 * @param window so many answers are judged together
 * @param failureRate in percent, at which the breaker opens
 * @param openFor how long nobody asks then
 * @param trials calls that must show that it is back
 */
@ConfigurationProperties("escale.payment")
record PaymentSettings(
        @Bindable(defaultValue = "") String url,
        @Bindable(defaultValue = "1s") Duration every,
        @Bindable(defaultValue = "5s") Duration timeout,
        @Bindable(defaultValue = "10") int window,
        @Bindable(defaultValue = "50") float failureRate,
        @Bindable(defaultValue = "30s") Duration openFor,
        @Bindable(defaultValue = "3") int trials) {}
