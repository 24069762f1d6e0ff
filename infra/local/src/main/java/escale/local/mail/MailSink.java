package escale.local.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Starts the mail sink: SMTP_PORT takes mail, HTTP_PORT shows it, MAILS_FILE keeps it. Only this machine is heard, unless
 * LISTEN_ADDRESS says otherwise.
 */
final class MailSink {
    private MailSink() {}

    public static void main(String... arguments) {
        var environment = System.getenv();
        if (environment.containsKey("ESCALE_PARENT_PIPE")) {
            Thread.ofPlatform().daemon().name("parent").start(MailSink::leaveWithTheParent);
        }
        try {
            var file = Path.of(environment.getOrDefault("MAILS_FILE", "mails.jsonl"));
            var mails = new Letterbox(file, Clock.systemUTC());
            var alerts = new Letterbox(file.resolveSibling("alerts.jsonl"), Clock.systemUTC());
            var address = InetAddress.getByName(environment.get("LISTEN_ADDRESS")); // of nothing: the loopback one
            var smtp = SmtpDoor.open(address, port(environment, "SMTP_PORT", 12525), mails);
            var pages = MailPages.open(address, port(environment, "HTTP_PORT", 18025), mails, alerts);
            System.out.printf(
                    "Mail sink ready: SMTP on %d, pages on http://localhost:%d. It sends nothing on.%n",
                    smtp.port(), pages.port());
        } catch (IOException e) {
            System.err.println("The mail sink cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static int port(Map<String, String> environment, String name, int usual) {
        return Integer.parseInt(environment.getOrDefault(name, Integer.toString(usual)));
    }

    /** The launcher holds our standard input; when it ends, however it ended, so do we. */
    private static void leaveWithTheParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // the same as its end
        }
        System.exit(0);
    }
}
