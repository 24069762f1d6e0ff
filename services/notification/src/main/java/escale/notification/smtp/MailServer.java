package escale.notification.smtp;

import jakarta.inject.Singleton;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** The server that takes our mails and carries them on. */
@Singleton
public final class MailServer {
    private final SmtpSettings settings;
    private final Session session;

    public MailServer(SmtpSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings), authenticator(settings));
    }

    /** A connection for as many mails as one likes, one after the other. */
    public MailConnection connect() throws MailServerAway {
        var socket = new Socket();
        var watch = Watch.over(socket, settings.deadline());
        try (var _ = watch.exchange()) {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), (int)
                    settings.timeout().toMillis());
            socket.setSoTimeout((int) settings.timeout().toMillis());
            var transport = (SMTPTransport) session.getTransport("smtp");
            transport.connect(secured(socket));
            return new MailConnection(session, transport, socket, watch);
        } catch (IOException | MessagingException | RuntimeException away) {
            watch.close();
            close(socket, away);
            throw new MailServerAway(away);
        }
    }

    private Socket secured(Socket socket) throws IOException {
        if (settings.security() != SmtpSettings.Security.TLS) {
            return socket;
        }
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var tls = (SSLSocket) factory.createSocket(socket, settings.host(), settings.port(), true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // without it any certificate will do
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static void close(Socket socket, Exception cause) {
        try {
            socket.close();
        } catch (IOException alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
    }

    private static Properties properties(SmtpSettings settings) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.localhost", settings.hello());
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        var startTls = Boolean.toString(settings.security() == SmtpSettings.Security.STARTTLS);
        properties.setProperty("mail.smtp.starttls.enable", startTls);
        properties.setProperty("mail.smtp.starttls.required", startTls);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    private static @Nullable Authenticator authenticator(SmtpSettings settings) {
        if (settings.user().isEmpty()) {
            return null;
        }
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(settings.user(), settings.password());
            }
        };
    }
}
