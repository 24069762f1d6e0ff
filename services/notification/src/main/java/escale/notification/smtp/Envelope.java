package escale.notification.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import escale.notification.Language;
import escale.notification.Matter;
import escale.notification.Outgoing;
import escale.notification.Recipient;
import escale.notification.letter.Letter;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A letter ready to go: who sends it, to whom, about what.
 *
 * <p>It is written here, in one go: the library could do it too, and spent two thirds of the CPU of a mail on it.
 */
public record Envelope(
        Recipient from, String replyTo, Recipient to, Outgoing mail, Language language, Letter letter, Instant at) {
    /** Neither form can contain it: there an equals sign is never followed by an underscore. */
    private static final String BOUNDARY = "=_escale";

    private static final int USUAL_SIZE = 8 * 1024;

    /** As it goes over the wire. */
    byte[] message() throws AddressException {
        var message = new StringBuilder(USUAL_SIZE);
        header(message, "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)));
        header(message, "From", address(from));
        header(message, "Reply-To", mailbox(replyTo).getAddress());
        header(message, "To", address(to));
        header(message, "Message-ID", "<" + mail.id() + "@" + domain() + ">"); // the same however often it is sent
        header(message, "Subject", HeaderText.of(letter.subject()));
        header(message, "Auto-Submitted", "auto-generated"); // out-of-office replies leave it alone
        header(message, "Content-Language", language.name().toLowerCase(Locale.ROOT));
        header(message, "X-Escale-Kind", mail.matter().kind());
        switch (mail.matter()) {
            case Matter.OfBooking booking -> {
                var occasion = booking.occasion();
                header(message, "X-Escale-Booking", occasion.bookingId().toString());
                header(message, "X-Escale-Charge", Integer.toString(occasion.chargeNo()));
            }
            case Matter.OfOutage(var outageId) -> header(message, "X-Escale-Outage", outageId.toString());
        }
        header(message, "MIME-Version", "1.0");
        header(message, "Content-Type", "multipart/alternative; boundary=\"" + BOUNDARY + "\"");
        part(message, "text/plain", letter.text()); // the richest form last, as the standard wants it
        part(message, "text/html", letter.html());
        return message.append("\r\n--" + BOUNDARY + "--\r\n").toString().getBytes(US_ASCII);
    }

    /** Where answers of mail servers go. */
    InternetAddress sender() throws AddressException {
        return mailbox(from.email());
    }

    InternetAddress recipient() throws AddressException {
        return mailbox(to.email());
    }

    private static void header(StringBuilder message, String name, String value) {
        message.append(name).append(": ").append(value).append("\r\n");
    }

    private static void part(StringBuilder message, String type, String content) {
        message.append("\r\n--" + BOUNDARY + "\r\n");
        header(message, "Content-Type", type + "; charset=UTF-8");
        header(message, "Content-Transfer-Encoding", "quoted-printable");
        message.append("\r\n");
        QuotedPrintable.append(content, message);
    }

    private String domain() {
        return from.email().substring(from.email().indexOf('@') + 1);
    }

    private static String address(Recipient recipient) throws AddressException {
        var email = mailbox(recipient.email()).getAddress();
        return recipient.name() == null ? email : HeaderText.name(recipient.name()) + "\r\n <" + email + ">";
    }

    /** Strictly one mailbox, in letters every server knows: no list, no group, no line that ends early. */
    private static InternetAddress mailbox(String email) throws AddressException {
        var address = new InternetAddress(Letter.oneLine(email), true);
        address.validate();
        if (address.isGroup() || !email.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new AddressException("Not one mailbox");
        }
        return address;
    }
}
