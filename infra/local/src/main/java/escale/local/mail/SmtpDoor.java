package escale.local.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/** Takes mail from whoever on this machine connects. */
final class SmtpDoor implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final ServerSocket door;

    private SmtpDoor(ServerSocket door) {
        this.door = door;
    }

    static SmtpDoor open(InetAddress address, int port, Letterbox box) throws IOException {
        var door = new SmtpDoor(new ServerSocket(port, BACKLOG, address));
        Thread.ofPlatform().name("smtp").start(() -> door.welcome(box));
        return door;
    }

    private void welcome(Letterbox box) {
        try {
            while (true) {
                var socket = door.accept();
                // Platform threads: there are few, and a virtual one takes three wake-ups for each piece of a mail.
                Thread.ofPlatform().daemon().name("smtp session").start(() -> SmtpSession.hold(socket, box));
            }
        } catch (SocketException closed) {
            // told to leave
        } catch (IOException e) {
            System.err.println("The SMTP door fell shut: " + e.getMessage());
        }
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
