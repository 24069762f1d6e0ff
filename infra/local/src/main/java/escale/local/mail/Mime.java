package escale.local.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.StreamProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** A mail as it came over the wire, taken apart into what people and tests ask for. */
final class Mime {
    static {
        // Otherwise the library looks through all jars for it, several times per mail: half of what a mail cost here.
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private Mime() {}

    static ObjectNode letter(String sender, List<String> recipients, byte[] raw) {
        var letter = Letterbox.JSON.createObjectNode();
        letter.put("from", sender);
        recipients.forEach(letter.putArray("to")::add);
        try {
            var message = new MimeMessage(null, new ByteArrayInputStream(raw));
            letter.put("subject", message.getSubject());
            var headers = letter.putObject("headers");
            for (var header : Collections.list(message.getAllHeaders())) {
                headers.put(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
            }
            takeTexts(message, letter);
        } catch (MessagingException | IOException e) {
            // What cannot be taken apart was still sent, and has to be counted.
            letter.put("unreadable", String.valueOf(e.getMessage()));
            letter.put("text", new String(raw, StandardCharsets.UTF_8));
        }
        return letter;
    }

    private static void takeTexts(Part part, ObjectNode letter) throws MessagingException, IOException {
        if (part.getContent() instanceof Multipart several) {
            for (var i = 0; i < several.getCount(); i++) {
                BodyPart inner = several.getBodyPart(i);
                takeTexts(inner, letter);
            }
        } else if (part.isMimeType("text/html")) {
            letter.put("html", part.getContent().toString());
        } else if (part.isMimeType("text/*")) {
            letter.put("text", part.getContent().toString());
        }
    }
}
