package escale.local.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One conversation in SMTP, as far as a sender needs it to hand over mail (RFC 5321). */
final class SmtpSession {
    private static final int IDLE_MILLIS = 60_000;
    private static final int LARGEST = 1 << 20;

    private final Wire wire;
    private final Letterbox box;
    private @Nullable String sender;
    private final List<String> recipients = new ArrayList<>();

    private SmtpSession(Wire wire, Letterbox box) {
        this.wire = wire;
        this.box = box;
    }

    static void hold(Socket socket, Letterbox box) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            socket.setTcpNoDelay(true);
            new SmtpSession(new Wire(socket.getInputStream(), socket.getOutputStream(), LARGEST), box).converse();
        } catch (IOException gone) {
            // A sender that leaves amid a mail sends it again: nothing was accepted.
        }
    }

    private void converse() throws IOException {
        say("220 escale mail sink");
        for (var line = line(); line.isPresent(); line = line()) {
            var text = line.get();
            var verb = text.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> say("250-escale", "250-8BITMIME", "250-SMTPUTF8", "250 SIZE " + LARGEST);
                case "HELO", "NOOP" -> say("250 escale");
                case "MAIL" -> {
                    reset();
                    sender = address(text);
                    say("250 sender noted");
                }
                case "RCPT" -> recipient(text);
                case "DATA" -> data();
                case "RSET" -> {
                    reset();
                    say("250 forgotten");
                }
                case "QUIT" -> {
                    say("221 goodbye");
                    wire.flush();
                    return;
                }
                default -> say("502 this sink does not know " + verb);
            }
        }
    }

    private void recipient(String text) {
        if (sender == null) {
            say("503 first MAIL, then RCPT");
            return;
        }
        recipients.add(address(text));
        say("250 recipient noted");
    }

    private void data() throws IOException {
        var from = sender;
        if (from == null || recipients.isEmpty()) {
            say("503 first MAIL and RCPT, then DATA");
            return;
        }
        say("354 end with a line of one dot");
        var raw = content();
        if (raw.isEmpty()) {
            say("552 larger than " + LARGEST + " bytes");
        } else {
            var number = box.keep(Mime.letter(from, recipients, raw.get()));
            say("250 kept as number " + number);
        }
        reset();
    }

    private void reset() {
        sender = null;
        recipients.clear();
    }

    /** Up to the lonely dot; nothing when it is too large. */
    private Optional<byte[]> content() throws IOException {
        var content = new ByteArrayOutputStream();
        while (true) {
            var line = wire.line();
            if (line == null) {
                throw new IOException("left amid a mail");
            }
            if (line.length == 1 && line[0] == '.') {
                return content.size() > LARGEST ? Optional.empty() : Optional.of(content.toByteArray());
            }
            if (content.size() <= LARGEST) {
                // The sender doubles a dot at the beginning of a line.
                var skip = line.length > 0 && line[0] == '.' ? 1 : 0;
                content.write(line, skip, line.length - skip);
                content.write('\r');
                content.write('\n');
            }
        }
    }

    private static String address(String command) {
        var open = command.indexOf('<');
        var close = command.indexOf('>', open + 1);
        return open < 0 || close < 0
                ? command.substring(command.indexOf(':') + 1).strip()
                : command.substring(open + 1, close);
    }

    private Optional<String> line() throws IOException {
        return Optional.ofNullable(wire.line()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private void say(String... lines) {
        wire.say((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
