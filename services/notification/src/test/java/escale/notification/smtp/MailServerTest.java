package escale.notification.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import escale.notification.Facts;
import escale.notification.Kind;
import escale.notification.Language;
import escale.notification.Matter;
import escale.notification.Occasion;
import escale.notification.Outgoing;
import escale.notification.Posting;
import escale.notification.Recipient;
import escale.notification.letter.Letter;
import escale.runtime.Ids;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailServerTest {
    private static final Recipient CLAIRE = new Recipient("claire@example.org", "Claire Moreau");

    /** The server answers one command with this; "hang up" closes, "silence" never answers, ~ is a pause. */
    @ParameterizedTest
    @CsvSource({
        "RCPT, 250 ok, sent",
        "RCPT, 550 5.1.1 <claire@example.org> unknown, refused smtp-550",
        "RCPT, 450 later, deferred smtp-450",
        "MAIL, 421 closing, deferred smtp-421",
        "MAIL, 553 not you, refused smtp-553",
        "DATA, 554 no, refused smtp-554",
        "., 554 spam, refused smtp-554",
        "., 451 disk full, deferred smtp-451",
        "., hang up, doubtful smtp-broke-off",
        "., silence, doubtful smtp-broke-off",
        "., 2~5~0~-~a~l~m~o~s~t~.~.~.~a~l~m~o~s~t~.~.~.~a~l~m~o~s~t, doubtful smtp-broke-off",
        "RCPT, hang up, deferred smtp-broke-off",
        "MAIL, hang up, deferred smtp-broke-off"
    })
    void each_answer_has_its_meaning_for_the_mail(String command, String answer, String meaning) throws Exception {
        try (var smtp = new ScriptedSmtp((said, usual) -> said.equals(command) ? scripted(answer) : usual);
                var connection = (drips(answer) ? impatient(smtp.port(), Duration.ofSeconds(20)) : server(smtp.port()))
                        .connect()) {
            assertThat(written(connection.post(envelope(CLAIRE, "Subject")))).isEqualTo(meaning);
        }
    }

    private static boolean drips(String answer) {
        return answer.equals("silence") || answer.contains("~");
    }

    private static @Nullable String scripted(String answer) throws InterruptedException {
        if (answer.equals("silence")) {
            Thread.sleep(Duration.ofMinutes(5));
        }
        return answer.equals("hang up") ? null : answer;
    }

    @Test
    void after_a_refusal_the_same_connection_takes_the_next_mail() throws Exception {
        var first = new boolean[] {true};
        try (var smtp = new ScriptedSmtp((command, usual) -> {
                    var refuse = command.equals("RCPT") && first[0];
                    first[0] &= !command.equals("RCPT");
                    return refuse ? "550 no" : usual;
                });
                var connection = server(smtp.port()).connect()) {
            assertThat(connection.post(envelope(CLAIRE, "One"))).isInstanceOf(Posting.Refused.class);
            assertThat(connection.usable()).isTrue();
            assertThat(connection.post(envelope(CLAIRE, "Two"))).isEqualTo(new Posting.Sent());
            assertThat(smtp.taken()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "claire",
                "@example.org",
                "claire@",
                "claire@example.org, eve@example.org",
                "claire@example.org\r\nRCPT TO:<eve@example.org>",
                "friends: a@example.org, b@example.org;",
                "cl aire@example.org"
            })
    void an_address_that_is_not_one_mail_box_never_reaches_the_server(String address) throws Exception {
        try (var smtp = new ScriptedSmtp((_, usual) -> usual);
                var connection = server(smtp.port()).connect()) {
            assertThat(connection.post(envelope(new Recipient(address, null), "Subject")))
                    .isEqualTo(new Posting.Refused("bad-address"));
            assertThat(smtp.taken()).isEmpty();
        }
    }

    @Test
    void no_name_and_no_title_can_add_a_header() throws Exception {
        var name = "Claire\r\nBcc: eve@example.org\r\n\r\nHello";
        try (var smtp = new ScriptedSmtp((_, usual) -> usual);
                var connection = server(smtp.port()).connect()) {
            connection.post(envelope(new Recipient("claire@example.org", name), "Title\r\nBcc: eve@example.org"));
            assertThat(smtp.taken()).hasSize(1);
            assertThat(smtp.taken().getFirst())
                    .doesNotContain("\nBcc:")
                    .contains("\nAuto-Submitted: auto-generated\n", "\nX-Escale-Kind: CONFIRMED\n");
        }
    }

    @Test
    void a_server_that_is_not_there_or_does_not_greet_is_away() throws Exception {
        int nobody;
        try (var free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThatThrownBy(() -> server(nobody).connect()).isInstanceOf(MailServerAway.class);
        try (var mute = new ScriptedSmtp((_, _) -> scripted("silence"))) {
            assertThatThrownBy(
                            () -> impatient(mute.port(), Duration.ofSeconds(2)).connect())
                    .isInstanceOf(MailServerAway.class);
        }
        try (var busy = new ScriptedSmtp((_, _) -> "421 too many connections")) {
            assertThatThrownBy(() -> server(busy.port()).connect()).isInstanceOf(MailServerAway.class);
        }
    }

    @Test
    void a_server_without_the_wanted_secrecy_or_with_a_certificate_nobody_vouches_for_gets_no_mail() {
        try (var open = new ScriptedSmtp((_, usual) -> usual)) {
            assertThatThrownBy(() -> new MailServer(settings(open.port(), SmtpSettings.Security.STARTTLS)).connect())
                    .isInstanceOf(MailServerAway.class);
        }
        var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
        setup.setServerStartupTimeout(30_000);
        var selfSigned = new GreenMail(setup);
        selfSigned.start();
        try {
            var port = selfSigned.getSmtps().getPort();
            assertThatThrownBy(() -> new MailServer(settings(port, SmtpSettings.Security.TLS)).connect())
                    .isInstanceOf(MailServerAway.class);
        } finally {
            selfSigned.stop();
        }
    }

    @Test
    void a_password_is_never_sent_in_the_clear() {
        assertThatThrownBy(() -> new SmtpSettings(
                        "localhost",
                        25,
                        SmtpSettings.Security.NONE,
                        "user",
                        "password",
                        "localhost",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(8)))
                .hasMessageContaining("SMTP_SECURITY");
    }

    private static MailServer server(int port) {
        return new MailServer(settings(port, SmtpSettings.Security.NONE));
    }

    /** For servers that are not going to answer; with the others a slow machine must not look like a slow server. */
    private static MailServer impatient(int port, Duration timeout) {
        return new MailServer(new SmtpSettings(
                "127.0.0.1", port, SmtpSettings.Security.NONE, "", "", "localhost", timeout, Duration.ofSeconds(8)));
    }

    private static SmtpSettings settings(int port, SmtpSettings.Security security) {
        return new SmtpSettings(
                "127.0.0.1", port, security, "", "", "localhost", Duration.ofMinutes(1), Duration.ofMinutes(2));
    }

    private static Envelope envelope(Recipient to, String subject) {
        var facts = new Facts("M", Instant.EPOCH, "Europe/Paris", 1, 100, "EUR", null, null, null);
        var occasion = new Occasion(Ids.next(), Kind.CONFIRMED, 1, null, null);
        return new Envelope(
                new Recipient("no-reply@escale.example", "Escale"),
                "support@escale.example",
                to,
                new Outgoing(Ids.next(), new Matter.OfBooking(occasion, facts), "user", Language.FR),
                Language.FR,
                new Letter(subject, "text", "<p>text</p>"),
                Instant.EPOCH);
    }

    private static String written(Posting posting) {
        return switch (posting) {
            case Posting.Sent() -> "sent";
            case Posting.Refused(var cause) -> "refused " + cause;
            case Posting.Deferred(var cause) -> "deferred " + cause;
            case Posting.Doubtful(var cause) -> "doubtful " + cause;
        };
    }
}
