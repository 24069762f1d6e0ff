package escale.local.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSinkIT {
    @TempDir
    private Path folder;

    private Letterbox mails;
    private Letterbox alerts;
    private SmtpDoor smtp;
    private MailPages pages;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void open() throws IOException {
        mails = new Letterbox(folder.resolve("mails.jsonl"), InstantSource.system());
        alerts = new Letterbox(folder.resolve("alerts.jsonl"), InstantSource.system());
        smtp = SmtpDoor.open(InetAddress.getLoopbackAddress(), 0, mails);
        pages = MailPages.open(InetAddress.getLoopbackAddress(), 0, mails, alerts);
    }

    @AfterEach
    void close() throws IOException {
        http.close();
        smtp.close();
        pages.close();
        mails.close();
        alerts.close();
    }

    @Test
    void a_mail_is_shown_as_it_was_sent() throws Exception {
        send(
                "claire@example.org",
                "Réservation confirmée",
                "Bonjour\r\n.un point au début\r\n..deux",
                "<p>Vos 2 places</p>");

        var mail = json("GET", "/mails").get(0);
        assertThat(mail.path("number").asInt()).isEqualTo(1);
        assertThat(mail.path("from").asText()).isEqualTo("no-reply@example.org");
        assertThat(mail.path("to")).hasToString("[\"claire@example.org\"]");
        assertThat(mail.path("subject").asText()).isEqualTo("Réservation confirmée");
        assertThat(mail.path("headers").path("X-Escale-Kind").asText()).isEqualTo("CONFIRMED");
        assertThat(mail.path("text").asText()).isEqualTo("Bonjour\r\n.un point au début\r\n..deux");
        assertThat(mail.path("html").asText()).isEqualTo("<p>Vos 2 places</p>");
        assertThat(body("GET", "/")).contains("Réservation confirmée", "claire@example.org");
        assertThat(body("GET", "/mails/1")).contains("&lt;p&gt;Vos 2 places&lt;/p&gt;");
    }

    @Test
    void mails_can_be_asked_for_by_recipient_and_from_a_number_on() throws Exception {
        send("claire@example.org", "first", "text", "html");
        send("tom@example.org", "second", "text", "html");
        send("claire@example.org", "third", "text", "html");

        assertThat(json("GET", "/mails?to=claire%40example.org")).hasSize(2);
        assertThat(json("GET", "/mails?from=3")).hasSize(1);
        assertThat(json("GET", "/count").path("mails").asInt()).isEqualTo(3);
    }

    @Test
    void a_sink_that_was_killed_amid_a_line_keeps_what_it_had_accepted() throws Exception {
        send("claire@example.org", "kept", "text", "html");
        Files.writeString(folder.resolve("mails.jsonl"), "{\"subject\":\"hal", StandardOpenOption.APPEND);

        try (var again = new Letterbox(folder.resolve("mails.jsonl"), InstantSource.system())) {
            assertThat(again.count()).isEqualTo(1);
            assertThat(again.letter(1).orElseThrow().path("subject").asText()).isEqualTo("kept");
            again.keep(Letterbox.JSON.createObjectNode().put("subject", "next"));
            assertThat(again.letter(2).orElseThrow().path("subject").asText()).isEqualTo("next");
        }
    }

    @Test
    void nothing_is_left_after_emptying() throws Exception {
        send("claire@example.org", "gone", "text", "html");

        body("DELETE", "/mails");

        assertThat(json("GET", "/mails")).isEmpty();
        send("claire@example.org", "new", "text", "html");
        assertThat(json("GET", "/mails").get(0).path("number").asInt()).isEqualTo(1);
    }

    @Test
    void since_when_it_keeps_mails_outlives_a_restart_and_not_their_removal() throws Exception {
        var since = Instant.parse(json("GET", "/count").path("since").asText());
        try (var again = new Letterbox(folder.resolve("mails.jsonl"), InstantSource.system())) {
            assertThat(again.since()).isEqualTo(since);
        }

        body("DELETE", "/mails");

        assertThat(Instant.parse(json("GET", "/count").path("since").asText())).isAfter(since);
    }

    @Test
    void alerts_are_kept_as_they_came() throws Exception {
        http.send(
                HttpRequest.newBuilder(uri("/alerts"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Payment failed after 5 retries\"}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(json("GET", "/alerts").get(0).path("body").path("text").asText())
                .isEqualTo("Payment failed after 5 retries");
    }

    private void send(String to, String subject, String text, String html) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(smtp.port()));
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("no-reply@example.org"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        message.setHeader("X-Escale-Kind", "CONFIRMED");
        var plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        var rich = new MimeBodyPart();
        rich.setContent(html, "text/html; charset=utf-8");
        message.setContent(new MimeMultipart("alternative", plain, rich));
        Transport.send(message);
    }

    private JsonNode json(String method, String path) throws Exception {
        return Letterbox.JSON.readTree(body(method, path));
    }

    private String body(String method, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(uri(path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + pages.port() + path);
    }
}
