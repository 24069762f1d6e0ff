package escale.notification.smtp;

import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/** A message that is written already: the library carries it and adds nothing. */
final class WrittenMessage extends MimeMessage {
    private final InternetAddress sender;
    private final byte[] bytes;

    WrittenMessage(Session session, InternetAddress sender, byte[] bytes) {
        super(session);
        this.sender = sender;
        this.bytes = bytes;
    }

    @Override
    public Address[] getFrom() {
        return new Address[] {sender};
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
        out.write(bytes);
    }
}
