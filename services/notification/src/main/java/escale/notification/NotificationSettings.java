package escale.notification;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Whom mails come from and where they lead.
 *
 * @param from the address they are sent by
 * @param support the address people may answer to
 * @param site where the pages are that mails link to
 * @param fallbackDomain where mails for travellers nobody has told about go, {@code userId@domain}; empty: they wait
 * @param connections to the mail server at most, while there is work for them; each may cost one duplicate in a crash
 * @param lease after so long the mails of a lost sender go to another
 * @param giveUpAfter how long a mail that keeps failing is tried
 * @param keptFor how long a mail is remembered once it is done; longer than any topic can repeat its event
 */
@ConfigurationProperties("escale.notification")
public record NotificationSettings(
        @Bindable(defaultValue = "no-reply@localhost") String from,
        @Bindable(defaultValue = "Escale") String fromName,
        @Bindable(defaultValue = "support@localhost") String support,
        @Bindable(defaultValue = "http://localhost:8080") String site,
        @Bindable(defaultValue = "") String fallbackDomain,
        @Bindable(defaultValue = "4") int connections,
        @Bindable(defaultValue = "60s") Duration lease,
        @Bindable(defaultValue = "24h") Duration giveUpAfter,
        @Bindable(defaultValue = "90d") Duration keptFor) {

    boolean hasFallback() {
        return !fallbackDomain.isEmpty();
    }
}
