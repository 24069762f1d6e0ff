package escale.booking;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What happens to new bookings while payment is away.
 *
 * @param enabled false: they are all to be paid at once, whenever that will be
 * @param patience how long an outage must have lasted, or the breaker must have been open, before anything is reserved
 * @param silence how long payment must have said nothing at all, neither at its door nor by news; longer than a worker takes
 *     to restart on a busy machine
 */
@ConfigurationProperties("escale.pay-later")
public record PayLaterSettings(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = "10s") Duration patience,
        @Bindable(defaultValue = "30s") Duration silence) {}
