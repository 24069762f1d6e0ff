package escale.booking;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How much of everything there may be.
 *
 * @param seatsPerTraveller seats of one departure that one traveller may hold; 0 is no limit
 * @param streams live streams served at a time
 * @param heartbeat how often a quiet stream is kept open
 * @param timelinesKept how long after booking its timeline can be read
 */
@ConfigurationProperties("escale.booking")
public record BookingSettings(
        @Bindable(defaultValue = "50") int seatsPerTraveller,
        @Bindable(defaultValue = "2000") int streams,
        @Bindable(defaultValue = "15s") Duration heartbeat,
        @Bindable(defaultValue = "400d") Duration timelinesKept) {}
