package escale.notification.kafka;

import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.messaging.Malformed;
import escale.notification.RemindTravellers;
import io.micronaut.context.annotation.Factory;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Hears the hourly call to remind whoever travels soon. */
@Factory
final class CallListener {

    /** The fields that are read. */
    @Serdeable
    record CheckUpcomingBookings(Instant scheduledFor, String within) {
        Duration ahead() {
            try {
                return Duration.parse(within);
            } catch (DateTimeParseException e) {
                throw new Malformed("within '" + within + "' is no duration");
            }
        }
    }

    @Singleton
    @Named("calls")
    DueConsumer calls(Consumers consumers, RemindTravellers remind, Json json) {
        return consumers.of(Intake.of("notification-calls", 4, "notifications"), received -> {
            if (received.type().equals("check-upcoming-bookings")) {
                var call = json.read(received, CheckUpcomingBookings.class);
                remind.remind(call.scheduledFor, call.ahead(), received.trace());
            }
            return Handler.Handling.DONE;
        });
    }
}
