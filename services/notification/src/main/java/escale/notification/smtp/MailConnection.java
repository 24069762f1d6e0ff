package escale.notification.smtp;

import escale.notification.Posting;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import java.io.IOException;
import java.net.Socket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A conversation with the mail server, mail by mail. */
public final class MailConnection implements AutoCloseable {
    private final Session session;
    private final SMTPTransport transport;
    private final Socket socket;
    private final Watch watch;
    private boolean usable = true;

    MailConnection(Session session, SMTPTransport transport, Socket socket, Watch watch) {
        this.session = session;
        this.transport = transport;
        this.socket = socket;
        this.watch = watch;
    }

    /** Whether the next mail may be handed over on it. */
    public boolean usable() {
        return usable;
    }

    public Posting post(Envelope envelope) {
        WrittenMessage message;
        Address[] to;
        try {
            message = new WrittenMessage(session, envelope.sender(), envelope.message());
            to = new Address[] {envelope.recipient()};
        } catch (AddressException unwritable) { // one that no server would understand
            return new Posting.Refused("bad-address");
        }
        try (var _ = watch.exchange()) {
            transport.sendMessage(message, to);
            return new Posting.Sent();
        } catch (MessagingException failure) {
            usable = !socket.isClosed() && transport.isConnected(); // asks the server, so only when in doubt
            return Replies.meaning(failure);
        }
    }

    @Override
    public void close() {
        try (socket;
                watch;
                var _ = watch.exchange()) {
            transport.close();
        } catch (MessagingException | IOException gone) {
            // the mails are with the server already, a good-bye changes nothing
        }
    }
}
