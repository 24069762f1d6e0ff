package escale.notification;

import escale.runtime.Ticker;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What is done again and again. */
@Factory
final class Rounds {

    @Singleton
    @Named("mails")
    Ticker mails(SendMails send) {
        return new Ticker("mail sender", Duration.ofMillis(200), send::round);
    }

    @Singleton
    @Named("alerts")
    Ticker alerts(SendAlerts send) {
        return new Ticker("alert sender", Duration.ofMillis(500), send::round);
    }

    @Singleton
    @Named("hours")
    Ticker hours(CallHourly call) {
        return new Ticker("hourly call", Duration.ofSeconds(1), call::round);
    }

    @Singleton
    @Named("forget")
    Ticker forget(ForgetMails forget) {
        return new Ticker("forgetting", Duration.ofMinutes(1), forget::round);
    }

    @Singleton
    @Named("meters")
    Ticker meters(MailMeters meters) {
        return new Ticker("meters", Duration.ofSeconds(5), meters::look);
    }
}
