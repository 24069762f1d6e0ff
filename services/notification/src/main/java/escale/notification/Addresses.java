package escale.notification;

import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Where a traveller's mail goes. */
@Singleton
final class Addresses {
    private final NotificationSettings settings;

    Addresses(NotificationSettings settings, Environment environment) {
        var names = environment.getActiveNames();
        if (settings.hasFallback() && !names.contains("local") && !names.contains(Environment.TEST)) {
            throw new IllegalStateException("escale.notification.fallback-domain is for the local environment:"
                    + " elsewhere it would send what travellers should read to nobody, or to somebody else");
        }
        this.settings = settings;
    }

    Recipient of(@Nullable String userId, @Nullable Traveller traveller) {
        if (traveller == null) {
            if (userId == null) {
                throw new IllegalArgumentException("Nobody knows whom to write to");
            }
            return new Recipient(userId.replaceAll("[^A-Za-z0-9_-]", "-") + "@" + settings.fallbackDomain(), null);
        }
        var email = traveller.email();
        if (email == null) {
            throw new IllegalArgumentException("A traveller who was erased has no address");
        }
        return new Recipient(email, traveller.name());
    }
}
