package escale.notification.smtp;

import escale.notification.Language;
import escale.notification.Mail;
import escale.notification.Recipient;
import escale.notification.letter.Letter;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/** A letter ready to go: who sends it, to whom, about what. */
public record Envelope(
        Recipient from, String replyTo, Recipient to, Mail mail, Language language, Letter letter, Instant at) {
    private static final String UTF_8 = "UTF-8";

    StableMessage message(Session session) throws MessagingException, UnsupportedEncodingException {
        var message = new StableMessage(session, "<" + mail.id() + "@" + domain() + ">");
        message.setFrom(address(from));
        message.setRecipient(Message.RecipientType.TO, address(to));
        message.setReplyTo(new InternetAddress[] {new InternetAddress(replyTo, true)});
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(at));
        message.setHeader("Auto-Submitted", "auto-generated"); // out-of-office replies leave it alone
        message.setHeader("Content-Language", language.name().toLowerCase(Locale.ROOT));
        message.setHeader("X-Escale-Booking", mail.occasion().bookingId().toString());
        message.setHeader("X-Escale-Kind", mail.occasion().kind().name());
        message.setHeader("X-Escale-Charge", Integer.toString(mail.occasion().chargeNo()));
        message.setContent(body());
        return message;
    }

    /** The richest form last, as the standard wants it. */
    private MimeMultipart body() throws MessagingException {
        var text = new MimeBodyPart();
        text.setText(letter.text(), UTF_8);
        var html = new MimeBodyPart();
        html.setText(letter.html(), UTF_8, "html");
        return new MimeMultipart("alternative", text, html);
    }

    private String domain() {
        return from.email().substring(from.email().indexOf('@') + 1);
    }

    /** Strictly one mailbox: no list, no group, no line that ends early. */
    private static InternetAddress address(Recipient recipient)
            throws MessagingException, UnsupportedEncodingException {
        var address = new InternetAddress(Letter.oneLine(recipient.email()), true);
        address.validate();
        if (address.isGroup()) {
            throw new AddressException("A list of mail boxes");
        }
        if (recipient.name() != null) {
            address.setPersonal(Letter.oneLine(recipient.name()), UTF_8);
        }
        return address;
    }
}
