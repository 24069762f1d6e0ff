package escale.booking.kafka;

import escale.booking.PayLater;
import escale.booking.SettleBookings;
import escale.messaging.Consumers;
import escale.messaging.DueConsumer;
import escale.messaging.Handler;
import escale.messaging.Handler.Handling;
import escale.messaging.Intake;
import escale.messaging.Json;
import escale.messaging.Malformed;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Hears what became of payments. Outages of the provider concern no booking. */
@Factory
final class PaymentListener {
    private static final Set<String> OUTAGES = Set.of("payment.outage-started", "payment.outage-ended");
    /** What is older may come from workers that are gone. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    @Singleton
    @Named("settlements")
    DueConsumer settlements(
            Consumers consumers,
            SettleBookings settle,
            PayLater payLater,
            Clock clock,
            Json json,
            @Value("${escale.booking.in-flight}") int inFlight) {
        Handler handler = received -> {
            if (OUTAGES.contains(received.type())) {
                return Handling.DONE;
            }
            var news = json.read(received, PaymentEvent.class).news(received.type(), received.trace());
            if (news != null && news.about().at().isAfter(clock.instant().minus(FRESH))) {
                payLater.news(System.nanoTime());
            }
            if (news != null && !settle.settle(news)) {
                throw new Malformed("Money of a booking that nobody knows");
            }
            return Handling.DONE;
        };
        return consumers.of(Intake.of("booking-settlements", inFlight, "payment.events"), handler);
    }
}
