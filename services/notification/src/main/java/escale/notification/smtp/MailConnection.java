package escale.notification.smtp;

import escale.notification.Posting;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A conversation with the mail server, mail by mail. */
public final class MailConnection implements AutoCloseable {
    private final Session session;
    private final SMTPTransport transport;
    private final Socket socket;
    private final Duration deadline;
    private boolean usable = true;

    MailConnection(Session session, SMTPTransport transport, Socket socket, Duration deadline) {
        this.session = session;
        this.transport = transport;
        this.socket = socket;
        this.deadline = deadline;
    }

    /** Whether the next mail may be handed over on it. */
    public boolean usable() {
        return usable;
    }

    public Posting post(Envelope envelope) {
        StableMessage message;
        try {
            message = envelope.message(session);
        } catch (MessagingException | IOException unwritable) { // an address no server would understand
            return new Posting.Refused("bad-address");
        }
        try (var _ = Watch.over(socket, deadline)) {
            transport.sendMessage(message, message.getAllRecipients());
            return new Posting.Sent();
        } catch (MessagingException failure) {
            usable = !socket.isClosed() && transport.isConnected(); // asks the server, so only when in doubt
            return Replies.meaning(failure);
        }
    }

    @Override
    public void close() {
        try (socket;
                var _ = Watch.over(socket, deadline)) {
            transport.close();
        } catch (MessagingException | IOException gone) {
            // the mails are with the server already, a good-bye changes nothing
        }
    }
}
