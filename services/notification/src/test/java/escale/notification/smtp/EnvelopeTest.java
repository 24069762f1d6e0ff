package escale.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import escale.notification.Facts;
import escale.notification.Kind;
import escale.notification.Language;
import escale.notification.Matter;
import escale.notification.Occasion;
import escale.notification.Outgoing;
import escale.notification.Recipient;
import escale.notification.letter.Letter;
import escale.runtime.Ids;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here is read as it was meant by a library that shares no code with it. */
class EnvelopeTest {
    private static final UUID BOOKING = UUID.fromString("019df20e-80d0-70f2-b90c-f28c1fb17c23");
    private static final Instant AT = Instant.parse("2026-06-02T08:05:09Z");

    @ParameterizedTest
    @MethodSource("texts")
    void both_forms_are_read_as_they_were_written(String text) throws Exception {
        var parts = (MimeMultipart) read(envelope("Subject", "Claire", text)).getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        for (var i = 0; i < 2; i++) {
            assertThat(parts.getBodyPart(i).getContent().toString().replace("\r\n", "\n"))
                    .isEqualTo(text.replace("\r\n", "\n"));
        }
    }

    static Stream<String> texts() {
        return Stream.of(
                "",
                "plain",
                "Montmartre à la tombée du jour : 90,00 €",
                "one\ntwo\r\nthree\n\n\nfour",
                ".\n..\n.hidden\nend.\n.",
                "blank at the end \ntab at the end\t\n ",
                "a=b, =3D, =\n=_escale\n--=_escale--\n",
                "x".repeat(75) + "é" + "y".repeat(500) + "." + "z".repeat(80),
                (".".repeat(72) + "=").repeat(9),
                "\uD83D\uDDFC\u0000\u007f\rlone return",
                random(1),
                random(2),
                random(3));
    }

    private static String random(int seed) {
        var random = new Random(seed);
        var letters = "ab .=\t\n-_é€\uD83D\uDDFC";
        return IntStream.range(0, 5_000)
                .map(_ -> letters.codePointAt(letters.offsetByCodePoints(0, random.nextInt(12))))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void no_line_is_longer_than_mail_allows_or_means_anything_to_a_server(String text) throws Exception {
        var written = new String(envelope(text, text, text).message(), StandardCharsets.ISO_8859_1);
        assertThat(written).matches("[\\r\\n\\t -~]*");
        assertThat(written.lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(78).doesNotStartWith("."));
        assertThat(written.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Réservation confirmée : Montmartre à la tombée du jour",
                "plain",
                "=?UTF-8?Q?forged?=",
                "a \"quoted\" \\ name <eve@example.org>, and more",
                "à la tombée du jour, à la tombée du jour, à la tombée du jour, à la tombée du jour, à la tombée du jour",
                "a plain title that is longer than what would stand well in one line, and then longer still",
                "\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC\uD83D\uDDFC"
            })
    void subject_and_name_are_read_as_they_were_typed(String typed) throws Exception {
        var message = read(envelope(typed, typed, "text"));
        assertThat(message.getSubject()).isEqualTo(typed);
        var to = (InternetAddress) message.getAllRecipients()[0];
        assertThat(to.getAddress()).isEqualTo("claire@example.org");
        assertThat(to.getPersonal()).isEqualTo(typed);
        assertThat(message.getAllRecipients()).hasSize(1);
    }

    @Test
    void the_headers_say_when_from_whom_and_about_what() throws Exception {
        var envelope = envelope("Subject", "Claire", "text");
        var message = read(envelope);
        assertThat(message.getSentDate()).isEqualTo(AT);
        assertThat(message.getFrom()).containsExactly(new InternetAddress("no-reply@escale.example", "Escale"));
        assertThat(message.getReplyTo()).containsExactly(new InternetAddress("support@escale.example"));
        assertThat(message.getMessageID()).isEqualTo("<" + envelope.mail().id() + "@escale.example>");
        assertThat(message.getHeader("Content-Language")).containsExactly("fr");
        assertThat(message.getHeader("X-Escale-Booking")).containsExactly(BOOKING.toString());
    }

    @Test
    void what_is_written_twice_is_the_same_twice() throws Exception {
        var envelope = envelope("Subject", "Claire", "text");
        assertThat(envelope.message()).isEqualTo(envelope.message());
    }

    @Test
    void a_mailbox_in_letters_that_not_every_server_knows_is_refused_and_not_rewritten() {
        var envelope = envelope(new Recipient("clairé@example.org", null), "Subject", "text");
        assertThatThrownBy(envelope::message).isInstanceOf(AddressException.class);
    }

    private static MimeMessage read(Envelope envelope) throws Exception {
        var message =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(envelope.message()));
        assertThat(MimeUtility.unfold(message.getHeader("MIME-Version", null))).isEqualTo("1.0");
        return message;
    }

    private static Envelope envelope(String subject, String name, String text) {
        return envelope(new Recipient("claire@example.org", name), subject, text);
    }

    private static Envelope envelope(Recipient to, String subject, String text) {
        var facts = new Facts("M", Instant.EPOCH, "Europe/Paris", 1, 100, "EUR", null, null, null);
        var occasion = new Occasion(BOOKING, Kind.CONFIRMED, 1, null, null);
        return new Envelope(
                new Recipient("no-reply@escale.example", "Escale"),
                "support@escale.example",
                to,
                new Outgoing(Ids.next(), new Matter.OfBooking(occasion, facts), "user", Language.FR),
                Language.FR,
                new Letter(subject, text, text),
                AT);
    }
}
