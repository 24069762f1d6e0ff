package escale.notification;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A mail server that can be switched off, and everything that came to it. */
final class MailBox implements AutoCloseable {
    private final int port;
    private final GreenMail server;

    /** A mail as it arrived. */
    record Arrived(String to, String subject, String text, String html, MimeMessage message) {
        String header(String name) {
            try {
                return String.join(",", message.getHeader(name));
            } catch (MessagingException e) {
                throw new AssertionError(e);
            }
        }
    }

    private MailBox(int port) {
        this.port = port;
        var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(120_000);
        this.server = new GreenMail(setup);
    }

    static MailBox open() {
        var box = closed();
        box.on();
        return box;
    }

    static MailBox closed() {
        try (var free = new ServerSocket(0)) {
            return new MailBox(free.getLocalPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int port() {
        return port;
    }

    void on() {
        server.start();
    }

    void off() {
        server.stop();
    }

    List<Arrived> about(UUID bookingId) {
        return all().stream()
                .filter(mail -> mail.header("X-Escale-Booking").equals(bookingId.toString()))
                .toList();
    }

    List<Arrived> all() {
        return Arrays.stream(server.getReceivedMessages()).map(MailBox::arrived).toList();
    }

    private static Arrived arrived(MimeMessage message) {
        try {
            var parts = (MimeMultipart) message.getContent();
            return new Arrived(
                    message.getAllRecipients()[0].toString(),
                    message.getSubject(),
                    text(parts.getBodyPart(0)),
                    text(parts.getBodyPart(1)),
                    message);
        } catch (IOException | MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(BodyPart part) throws IOException, MessagingException {
        return (String) part.getContent();
    }

    @Override
    public void close() {
        server.stop();
    }
}
