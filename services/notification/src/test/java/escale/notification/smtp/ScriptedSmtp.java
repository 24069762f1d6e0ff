package escale.notification.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A mail server that answers as the test wants it, command by command. */
public final class ScriptedSmtp implements AutoCloseable {
    private static final Map<String, String> USUAL = Map.of(
            "HELLO", "220 ready",
            "EHLO", "250 at your service",
            "MAIL", "250 ok",
            "RCPT", "250 ok",
            "DATA", "354 go on",
            ".", "250 taken",
            "RSET", "250 ok",
            "NOOP", "250 ok",
            "QUIT", "221 bye");

    private final ServerSocket server;
    private final Script script;
    private volatile Event afterTaking = _ -> {};
    private final List<String> taken = new CopyOnWriteArrayList<>();

    /** What to answer to a command: null hangs up. May do more, or wait. */
    @FunctionalInterface
    public interface Script {
        @Nullable
        String answer(String command, String usual) throws IOException, InterruptedException;
    }

    /** Something that happens between a mail's last line and the answer to it. */
    @FunctionalInterface
    public interface Event {
        void happen(int mailNumber) throws InterruptedException;
    }

    public ScriptedSmtp(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public void afterTaking(Event event) {
        afterTaking = event;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Every mail whose last line came, whatever was answered to it. */
    public List<String> taken() {
        return taken;
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                socket.setTcpNoDelay(true); // an answer goes out in pieces, and none waits for the other side
                Thread.ofVirtual().start(() -> talk(socket));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void talk(Socket socket) {
        try (socket;
                var in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            var open = say(socket, script.answer("HELLO", USUAL.get("HELLO")));
            while (open) {
                var line = in.readLine();
                if (line == null) {
                    return;
                }
                var command = line.split(" ", 2)[0];
                var answer = script.answer(command, USUAL.getOrDefault(command, "500 what?"));
                open = say(socket, answer);
                if (open && command.equals("DATA") && answer.startsWith("354")) {
                    taken.add(read(in));
                    afterTaking.happen(taken.size());
                    open = say(socket, script.answer(".", USUAL.get(".")));
                }
            }
        } catch (IOException | InterruptedException gone) {
            // the other side has hung up
        }
    }

    private static boolean say(Socket socket, @Nullable String answer) throws IOException, InterruptedException {
        if (answer == null) {
            return false;
        }
        for (var part : answer.split("(?<=~)")) { // a tilde is a pause within the answer
            socket.getOutputStream().write(part.replace("~", "").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            if (part.endsWith("~")) {
                Thread.sleep(500);
            }
        }
        socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return true;
    }

    private static String read(BufferedReader in) throws IOException {
        var mail = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
