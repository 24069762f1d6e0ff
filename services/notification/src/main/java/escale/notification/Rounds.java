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
    @Named("meters")
    Ticker meters(MailMeters meters) {
        return new Ticker("meters", Duration.ofSeconds(5), meters::look);
    }
}
