package escale.notification.smtp;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How the mail server is reached.
 *
 * @param user empty where the server asks for none
 * @param hello how this client introduces itself
 * @param timeout for connecting, and for each answer
 * @param deadline for a whole mail, however slowly its bytes drip
 */
@ConfigurationProperties("escale.smtp")
public record SmtpSettings(
        @Bindable(defaultValue = "localhost") String host,
        @Bindable(defaultValue = "25") int port,
        @Bindable(defaultValue = "NONE") Security security,
        @Bindable(defaultValue = "") String user,
        @Bindable(defaultValue = "") String password,
        @Bindable(defaultValue = "localhost") String hello,
        @Bindable(defaultValue = "5s") Duration timeout,
        @Bindable(defaultValue = "8s") Duration deadline) {

    /** Whether the way there can be listened to. */
    public enum Security {
        NONE,
        STARTTLS,
        TLS
    }

    public SmtpSettings {
        if (!user.isEmpty() && security == Security.NONE) {
            throw new IllegalArgumentException("SMTP_USER without SMTP_SECURITY would send the password in the clear");
        }
    }

    /** No password in logs. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
