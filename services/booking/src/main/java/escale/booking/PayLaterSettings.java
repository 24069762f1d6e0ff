package escale.booking;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What happens to new bookings while payment is away.
 *
 * @param enabled false: they are all to be paid at once, whenever that will be
 * @param patience how long payment must have been away before anything is reserved
 */
@ConfigurationProperties("escale.pay-later")
public record PayLaterSettings(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = "10s") Duration patience) {}
